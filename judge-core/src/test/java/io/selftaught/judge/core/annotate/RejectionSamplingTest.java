package io.selftaught.judge.core.annotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.selftaught.judge.Annotation;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Instruction;
import io.selftaught.judge.LabeledPair;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.prompt.JudgePrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RejectionSamplingTest {

  private static final LabeledPair PAIR =
      new LabeledPair(
          "p", new Instruction("i", "Name a river.", ""), "Danube", "Mont Blanc", Map.of());

  private final List<GenerationConfig> asked = new ArrayList<>();

  @Test
  void annotate_judgeThatIsRightInBothOrders_learnsOneOfEach() {
    Annotation annotation = annotate(settings(), List.of("Fine. [[RIGHT]]", "So so. [[WRONG]]"));

    assertThat(annotation.traces())
        .extracting(Trace::order, Trace::verdict)
        .containsExactly(
            tuple(Order.AB, decided(Preference.A)),
            tuple(Order.AB, decided(Preference.B)),
            tuple(Order.BA, decided(Preference.A)),
            tuple(Order.BA, decided(Preference.B)));
    assertThat(annotation.examples())
        .extracting(e -> e.example().completion())
        .containsExactly("Fine. [[A]]", "Fine. [[B]]");
    assertThat(annotation.agreeing()).isEqualTo(2);
  }

  @Test
  void annotate_example_isTheConversationThatTheJudgeSaw() {
    Annotation annotation = annotate(settings(), List.of("[[RIGHT]]", "[[RIGHT]]"));

    for (Annotation.Example example : annotation.examples()) {
      assertThat(example.example().prompt())
          .isEqualTo(JudgePrompt.standard().render(PAIR.comparison(example.order())));
    }
  }

  @Test
  void annotate_eachOrder_isOneCallWithASeedOfItsOwn() {
    annotate(settings(), List.of("[[RIGHT]]", "[[WRONG]]"));

    assertThat(asked).extracting(GenerationConfig::samples).containsExactly(2, 2);
    assertThat(asked).extracting(GenerationConfig::temperature).containsOnly(0.7);
    assertThat(asked).extracting(GenerationConfig::topP).containsOnly(0.9);
    assertThat(asked).extracting(GenerationConfig::seed).doesNotHaveDuplicates();
  }

  @Test
  void annotate_severalKept_areDifferentSamples() {
    Annotation annotation =
        annotate(
            settings().samples(3).keep(2), List.of("1 [[RIGHT]]", "2 [[RIGHT]]", "3 [[RIGHT]]"));

    assertThat(annotation.examples())
        .extracting(e -> e.example().completion())
        .hasSize(4)
        .doesNotHaveDuplicates();
    assertThat(annotation.examples())
        .extracting(e -> e.example().id())
        .containsExactly("p-AB-1", "p-AB-2", "p-BA-3", "p-BA-4");
  }

  @Test
  void annotate_shortest_keepsTheShortest() {
    Annotation annotation =
        annotate(
            settings().samples(3).choice(RejectionSampling.Choice.SHORTEST),
            List.of("A long reason. [[RIGHT]]", "Yes. [[RIGHT]]", "[[WRONG]]"));

    assertThat(annotation.examples())
        .extracting(e -> e.example().completion())
        .containsExactly("Yes. [[A]]", "Yes. [[B]]");
  }

  @Test
  void annotate_randomSurvivor_followsFromTheSeed() {
    List<String> replies = List.of("1 [[RIGHT]]", "2 [[RIGHT]]", "3 [[RIGHT]]", "4 [[RIGHT]]");
    RejectionSampling annotator = settings().samples(4).build();

    assertThat(annotator.annotate(PAIR, judge(replies), 7))
        .isEqualTo(annotator.annotate(PAIR, judge(replies), 7));
    assertThat(
            LongStream.range(0, 20)
                .mapToObj(seed -> annotator.annotate(PAIR, judge(replies), seed))
                .distinct())
        .hasSizeGreaterThan(4);
  }

  @Test
  void annotate_unreadableJudgments_areTracesWithoutExample() {
    Annotation annotation = annotate(settings(), List.of("Hm.", "Both are fine."));

    assertThat(annotation.examples()).isEmpty();
    assertThat(annotation.traces())
        .extracting(Trace::verdict)
        .containsOnly(Verdict.undecided(Cause.UNPARSABLE));
  }

  @Test
  void annotate_forcedVerdict_isPartOfWhatIsLearnt() {
    JudgePrompt forced = JudgePrompt.standard().toBuilder().forcedVerdict(true).build();
    LanguageModel judge =
        (messages, config) ->
            config.choices().isEmpty()
                ? List.of(Generation.of("Well."))
                : List.of(Generation.of("A]]"));

    Annotation annotation =
        RejectionSampling.builder(forced).samples(1).build().annotate(PAIR, judge, 1);

    assertThat(annotation.examples())
        .extracting(e -> e.example().completion())
        .containsExactly("Well.\n\nVerdict: [[A]]");
  }

  @Test
  void annotate_failedCall_leavesFailedTracesAndTheOtherOrder() {
    LanguageModel judge =
        (messages, config) -> {
          if (chosenIsFirst(messages)) {
            throw new ModelException("out of order");
          }
          return List.of(Generation.of("[[B]]"), Generation.of("[[B]]"));
        };

    Annotation annotation = settings().build().annotate(PAIR, judge, 1);

    assertThat(annotation.traces())
        .extracting(Trace::verdict)
        .containsExactly(
            Verdict.undecided(Cause.FAILED),
            Verdict.undecided(Cause.FAILED),
            decided(Preference.A),
            decided(Preference.A));
    assertThat(annotation.traces().get(0).text()).isEqualTo("out of order");
    assertThat(annotation.examples()).hasSize(1);
  }

  @Test
  void keep_none_isRefused() {
    assertThatThrownBy(() -> settings().keep(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keep must be at least 1, was 0");
  }

  private static RejectionSampling.Builder settings() {
    return RejectionSampling.builder(JudgePrompt.standard()).samples(2);
  }

  private Annotation annotate(RejectionSampling.Builder settings, List<String> replies) {
    return settings.build().annotate(PAIR, judge(replies), 1);
  }

  /** Returns a judge that knows which answer is right, and writes its letter for RIGHT. */
  private LanguageModel judge(List<String> replies) {
    return (messages, config) -> {
      asked.add(config);
      String right = chosenIsFirst(messages) ? "A" : "B";
      String wrong = chosenIsFirst(messages) ? "B" : "A";
      return replies.stream()
          .map(reply -> reply.replace("RIGHT", right).replace("WRONG", wrong))
          .map(Generation::of)
          .toList();
    };
  }

  private static boolean chosenIsFirst(List<ChatMessage> messages) {
    String shown = messages.get(messages.size() - 1).content();
    return shown.indexOf(PAIR.chosen()) < shown.indexOf(PAIR.rejected());
  }

  private static Verdict decided(Preference preference) {
    return Verdict.decided(preference);
  }
}
