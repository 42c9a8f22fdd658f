package io.selftaught.judge.core.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.Annotation.Example;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Order;
import io.selftaught.judge.Outcome;
import io.selftaught.judge.TrainingExample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BalanceTest {

  @Test
  void of_oneOrderMoreFrequent_isCutToTheOther() {
    List<Example> examples = examples(20, 7);

    Set<Example> kept = kept(examples, 1);

    assertThat(kept).filteredOn(e -> e.order() == Order.AB).hasSize(7);
    assertThat(kept).filteredOn(e -> e.order() == Order.BA).hasSize(7);
    assertThat(Balance.of(examples, 1).values())
        .filteredOn(o -> o.equals(Outcome.dropped("balance", "shown in order AB")))
        .hasSize(13);
  }

  @Test
  void of_choice_followsFromTheSeedNotFromTheOrder() {
    List<Example> examples = new ArrayList<>(examples(20, 7));
    Set<Example> kept = kept(examples, 1);
    Collections.reverse(examples);

    assertThat(kept(examples, 1)).isEqualTo(kept);
    assertThat(kept(examples, 2)).isNotEqualTo(kept);
  }

  @Test
  void of_oneOrderOnly_keepsNothing() {
    assertThat(kept(examples(3, 0), 1)).isEmpty();
    assertThat(kept(List.of(), 1)).isEmpty();
  }

  private static Set<Example> kept(List<Example> examples, long seed) {
    return Balance.of(examples, seed).values().stream()
        .flatMap(outcome -> outcome.value().stream())
        .collect(Collectors.toSet());
  }

  private static List<Example> examples(int chosenFirst, int chosenSecond) {
    return Stream.concat(
            IntStream.range(0, chosenFirst).mapToObj(i -> example(Order.AB, i)),
            IntStream.range(0, chosenSecond).mapToObj(i -> example(Order.BA, i)))
        .toList();
  }

  private static Example example(Order order, int i) {
    return new Example(
        order, new TrainingExample(order + "-" + i, List.of(ChatMessage.user("?")), "text"));
  }
}
