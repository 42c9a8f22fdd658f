package io.selftaught.judge.benchmarks.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.core.prompt.JudgePrompt;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkBuilderTest {

  private static final List<Comparison> PAIRS =
      IntStream.range(0, 8)
          .mapToObj(i -> Comparison.of("question " + i, "first " + i, "second " + i))
          .toList();

  private static List<Pass> passes(Workload workload) {
    return new WorkBuilder(PAIRS, JudgePrompt.standard(), WorkBuilderTest::length, 5)
        .build(List.of(workload)).stream().filter(pass -> pass.workload() == workload).toList();
  }

  private static int[] length(List<ChatMessage> messages) {
    return new int[] {messages.stream().mapToInt(message -> message.content().length()).sum()};
  }

  private static String start(Request request) {
    String text = request.messages().get(0).content();
    return text.substring(0, text.indexOf('.'));
  }

  private static Set<String> starts(Pass pass) {
    Set<String> starts = new HashSet<>();
    pass.requests().forEach(request -> starts.add(start(request)));
    return starts;
  }

  @Test
  void judge_asksEachPairInBothOrders_greedily() {
    List<Pass> passes = passes(Workload.JUDGE);

    assertThat(passes).extracting(Pass::promptsOnly).containsExactly(true, false);
    Pass full = passes.get(1);
    assertThat(full.requests()).hasSize(16);
    assertThat(full.concurrency()).isEqualTo(5);
    assertThat(full.requests().get(0).config().temperature()).isZero();
    assertThat(full.requests().get(0).config().maxTokens()).isEqualTo(128);
    String straight = full.requests().get(2).messages().get(1).content();
    String swapped = full.requests().get(3).messages().get(1).content();
    assertThat(straight.indexOf("first 1")).isLessThan(straight.indexOf("second 1"));
    assertThat(swapped.indexOf("first 1")).isGreaterThan(swapped.indexOf("second 1"));
  }

  @Test
  void annotation_asksAQuarterOfThePairs_eightTimesEach() {
    Pass full = passes(Workload.ANNOTATION).get(1);

    assertThat(full.requests()).hasSize(2);
    assertThat(full.requests().get(0).config().samples()).isEqualTo(8);
    assertThat(full.requests().get(0).config().temperature()).isEqualTo(0.7);
    assertThat(full.requests().get(0).config().maxTokens()).isEqualTo(192);
  }

  @Test
  void passes_beginDifferently_soThatNoneFindsWhatAnotherLeft() {
    List<Pass> passes = passes(Workload.JUDGE);

    assertThat(starts(passes.get(0))).hasSize(1);
    assertThat(starts(passes.get(1))).hasSize(1).doesNotContainAnyElementsOf(starts(passes.get(0)));
  }

  @Test
  void prefill_sharesNothing_andRunsOneByOne() {
    Pass pass = passes(Workload.PREFILL).get(0);

    assertThat(starts(pass)).hasSize(8);
    assertThat(pass.concurrency()).isEqualTo(1);
    assertThat(pass.requests()).allMatch(request -> request.config().maxTokens() == 1);
  }

  @Test
  void decode_drawsAsManySamplesAsItIsNamedFor() {
    assertThat(passes(Workload.DECODE_16).get(1).requests())
        .allMatch(request -> request.config().samples() == 16);
  }

  @Test
  void compact_beginsTheReply() {
    Work work =
        new Work(
            List.of(),
            new WorkBuilder(PAIRS, JudgePrompt.compact(), WorkBuilderTest::length, 5)
                .build(List.of(Workload.JUDGE)));

    List<ChatMessage> messages = work.passes().get(1).requests().get(0).messages();
    assertThat(messages.get(messages.size() - 1))
        .isEqualTo(ChatMessage.assistant(JudgePrompt.compact().begin()));
  }

  @Test
  void ids_areThoseOfTheMessages() {
    Request request = passes(Workload.JUDGE).get(0).requests().get(0);

    assertThat(request.ids()).containsExactly(length(request.messages())[0]);
  }
}
