package io.selftaught.judge.core.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.Instruction;
import io.selftaught.judge.InstructionLabels;
import io.selftaught.judge.InstructionLabels.Category;
import io.selftaught.judge.InstructionLabels.ExpectedLength;
import io.selftaught.judge.LabeledInstruction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BalancedSelectorTest {

  @Test
  void select_unevenCategories_takesTurnsUntilOneIsExhausted() {
    List<LabeledInstruction> pool =
        pool(
            List.of(
                of(Category.CODING, 5, 50),
                of(Category.PERSONA, 5, 2),
                of(Category.OPEN_QA, 5, 50)));

    Map<Category, Long> chosen = count(BalancedSelector.create().select(pool, 12, 1));

    assertThat(chosen)
        .containsOnly(
            Map.entry(Category.CODING, 5L),
            Map.entry(Category.PERSONA, 2L),
            Map.entry(Category.OPEN_QA, 5L));
  }

  @Test
  void select_easyInstructions_onlyFillUp() {
    List<LabeledInstruction> pool =
        pool(List.of(of(Category.CODING, 2, 20), of(Category.CODING, 3, 4)));

    List<LabeledInstruction> chosen = BalancedSelector.create().select(pool, 6, 1);

    assertThat(chosen).extracting(x -> x.labels().complexity()).containsExactly(3, 3, 3, 3, 2, 2);
  }

  @Test
  void select_withinACategory_prefersComplexOnesWithoutExcludingOthers() {
    List<LabeledInstruction> pool =
        pool(List.of(of(Category.CODING, 3, 500), of(Category.CODING, 9, 500)));

    double hard =
        BalancedSelector.create().select(pool, 200, 1).stream()
            .filter(x -> x.labels().complexity() == 9)
            .count();

    // Drawn with weights 3 and 9, about three quarters are hard.
    assertThat(hard / 200).isBetween(0.65, 0.85);
  }

  @Test
  void select_dependsOnTheSeedNotOnTheOrderOfThePool() {
    List<LabeledInstruction> pool =
        new ArrayList<>(pool(List.of(of(Category.CODING, 5, 30), of(Category.OTHER, 4, 30))));
    List<LabeledInstruction> chosen = BalancedSelector.create().select(pool, 10, 1);
    Collections.reverse(pool);

    assertThat(BalancedSelector.create().select(pool, 10, 1)).isEqualTo(chosen);
    assertThat(BalancedSelector.create().select(pool, 10, 2)).isNotEqualTo(chosen);
  }

  @Test
  void select_illegalValues_areRefused() {
    assertThatThrownBy(() -> BalancedSelector.create().select(List.of(), 0, 1))
        .hasMessage("limit must be at least 1, was 0");
    assertThatThrownBy(() -> BalancedSelector.preferringComplexity(11))
        .hasMessage("minComplexity must be between 1 and 10, was 11");
  }

  private static Map<Category, Long> count(List<LabeledInstruction> chosen) {
    return chosen.stream()
        .collect(Collectors.groupingBy(x -> x.labels().category(), Collectors.counting()));
  }

  private static List<LabeledInstruction> pool(List<Stream<LabeledInstruction>> parts) {
    return parts.stream().flatMap(part -> part).toList();
  }

  private static Stream<LabeledInstruction> of(Category category, int complexity, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new LabeledInstruction(
                    new Instruction(category + "-" + complexity + "-" + i, "Task " + i, ""),
                    new InstructionLabels(category, complexity, ExpectedLength.ONE_PARAGRAPH)));
  }
}
