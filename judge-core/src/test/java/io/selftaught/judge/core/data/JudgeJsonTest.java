package io.selftaught.judge.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.Annotation;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Instruction;
import io.selftaught.judge.InstructionLabels;
import io.selftaught.judge.InstructionLabels.Category;
import io.selftaught.judge.InstructionLabels.ExpectedLength;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.LabeledInstruction;
import io.selftaught.judge.LabeledPair;
import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.Trace;
import io.selftaught.judge.TrainingExample;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class JudgeJsonTest {

  private static final Instruction INSTRUCTION = new Instruction("i", "Say \"ü\"\n😀", "");

  @Test
  void values_writtenAndRead_areEqual() {
    check(INSTRUCTION, JudgeJson::toJson, JudgeJson::instruction);
    check(
        new LabeledInstruction(
            INSTRUCTION,
            new InstructionLabels(Category.HUMANITIES, 10, ExpectedLength.TWO_PARAGRAPHS)),
        JudgeJson::toJson,
        JudgeJson::labeledInstruction);
    check(
        new LabeledPair("p", INSTRUCTION, "good", "bad", Map.of("model", "m")),
        JudgeJson::toJson,
        JudgeJson::labeledPair);
    check(
        new Annotation("p", List.of(trace(Verdict.decided(Preference.A))), List.of(example())),
        JudgeJson::toJson,
        JudgeJson::annotation);
  }

  @Test
  void judgment_everyVerdict_isReadBack() {
    for (Preference preference : Preference.values()) {
      checkJudgment(Verdict.decided(preference));
    }
    for (Cause cause : Cause.values()) {
      checkJudgment(Verdict.undecided(cause));
    }
  }

  @Test
  void judgment_probabilities_areReadBack() {
    Optional<Probabilities> p = Optional.of(Probabilities.ofWeights(1, 0, 2));
    Verdict verdict = Verdict.decided(Preference.B);
    Trace trace = new Trace(Order.AB, "Verdict: [[B]]", verdict, Usage.NONE, p);

    check(new Judgment(verdict, "", List.of(trace), p), JudgeJson::toJson, JudgeJson::judgment);
  }

  @Test
  void generation_alternatives_areReadBack() {
    Generation.Token token =
        new Generation.Token("A", -0.1, Map.of("A", -0.1, "B", Double.NEGATIVE_INFINITY));

    check(
        new Generation("A]]", Generation.FinishReason.STOP, Usage.NONE, List.of(token)),
        JudgeJson::toJson,
        JudgeJson::generation);
  }

  @Test
  void trace_unknownUsage_staysUnknown() {
    Trace trace = new Trace(Order.BA, "", Verdict.undecided(Cause.FAILED), Usage.UNKNOWN);

    assertThat(JudgeJson.toJson(trace).names()).doesNotContain("promptTokens", "completionTokens");
    check(trace, JudgeJson::toJson, JudgeJson::trace);
  }

  @Test
  void trace_ofAnAnswerShownAlone_isReadBack() {
    Trace trace =
        new Trace(
            Order.AB,
            "[[7]]",
            Verdict.decided(Preference.B),
            Usage.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.of(Preference.B));

    check(trace, JudgeJson::toJson, JudgeJson::trace);
    check(trace.swapped(), JudgeJson::toJson, JudgeJson::trace);
  }

  @Test
  void trace_unknownVerdict_isNamedWithTheLegalOnes() {
    JsonRecord json =
        JsonRecord.builder().put("order", "AB").put("text", "").put("verdict", "MAYBE").build();

    assertThatThrownBy(() -> JudgeJson.trace(json))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("\"MAYBE\" is none of [INCONSISTENT, UNSURE, CONFLICT,");
  }

  private static void checkJudgment(Verdict verdict) {
    check(
        new Judgment(verdict, "because", List.of(trace(verdict))),
        JudgeJson::toJson,
        JudgeJson::judgment);
  }

  private static Trace trace(Verdict verdict) {
    return new Trace(Order.BA, "text [[B]]", verdict, Usage.of(10, 3));
  }

  private static Annotation.Example example() {
    return new Annotation.Example(
        Order.BA,
        new TrainingExample(
            "e", List.of(ChatMessage.system("s"), ChatMessage.user("u")), "text [[B]]"));
  }

  private static <T> void check(
      T value, Function<T, JsonRecord> write, Function<JsonRecord, T> read) {
    assertThat(read.apply(JsonRecord.parse(write.apply(value).toString()))).isEqualTo(value);
  }
}
