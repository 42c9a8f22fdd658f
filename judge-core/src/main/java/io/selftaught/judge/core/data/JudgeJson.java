package io.selftaught.judge.core.data;

import static java.util.stream.Collectors.toMap;

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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The values of judging and self-training as JSON records, and back without loss.
 *
 * <p>A verdict is one word: {@code A}, {@code B}, {@code TIE}, or the cause of indecision. Unknown
 * token counts are left out.
 */
public final class JudgeJson {

  private JudgeJson() {}

  /** Returns an instruction as a record: a line of a pool. */
  public static JsonRecord toJson(Instruction instruction) {
    return JsonRecord.builder()
        .put("id", instruction.id())
        .put("source", instruction.source())
        .put("instruction", instruction.text())
        .build();
  }

  /** Returns the instruction that {@link #toJson(Instruction)} made the record of. */
  public static Instruction instruction(JsonRecord json) {
    return new Instruction(json.text("id"), json.text("instruction"), json.text("source"));
  }

  /** Returns a labelled instruction as a record: its fields, then its labels. */
  public static JsonRecord toJson(LabeledInstruction labeled) {
    InstructionLabels labels = labeled.labels();
    return JsonRecord.builder()
        .put("instruction", toJson(labeled.instruction()))
        .put("category", labels.category().name())
        .put("complexity", labels.complexity())
        .put("expectedLength", labels.expectedLength().name())
        .build();
  }

  /** Returns what {@link #toJson(LabeledInstruction)} made the record of. */
  public static LabeledInstruction labeledInstruction(JsonRecord json) {
    return new LabeledInstruction(
        instruction(json.record("instruction")),
        new InstructionLabels(
            constant(Category.class, json.text("category")),
            (int) json.integer("complexity"),
            constant(ExpectedLength.class, json.text("expectedLength"))));
  }

  /** Returns a pair as a record. */
  public static JsonRecord toJson(LabeledPair pair) {
    return JsonRecord.builder()
        .put("id", pair.id())
        .put("instruction", toJson(pair.instruction()))
        .put("chosen", pair.chosen())
        .put("rejected", pair.rejected())
        .putTextMap("provenance", pair.provenance())
        .build();
  }

  /** Returns what {@link #toJson(LabeledPair)} made the record of. */
  public static LabeledPair labeledPair(JsonRecord json) {
    return new LabeledPair(
        json.text("id"),
        instruction(json.record("instruction")),
        json.text("chosen"),
        json.text("rejected"),
        json.textMap("provenance"));
  }

  /** Returns the judgments of a pair as a record. */
  public static JsonRecord toJson(Annotation annotation) {
    return JsonRecord.builder()
        .put("pairId", annotation.pairId())
        .putRecords("traces", annotation.traces().stream().map(JudgeJson::toJson).toList())
        .putRecords("examples", annotation.examples().stream().map(JudgeJson::toJson).toList())
        .build();
  }

  /** Returns what {@link #toJson(Annotation)} made the record of. */
  public static Annotation annotation(JsonRecord json) {
    return new Annotation(
        json.text("pairId"),
        json.records("traces").stream().map(JudgeJson::trace).toList(),
        json.records("examples").stream().map(JudgeJson::example).toList());
  }

  /** Returns a judgment as a record. */
  public static JsonRecord toJson(Judgment judgment) {
    JsonRecord.Builder json =
        JsonRecord.builder()
            .put("verdict", judgment.verdict().toString())
            .put("rationale", judgment.rationale());
    judgment.probabilities().ifPresent(p -> json.put("probabilities", toJson(p)));
    return json.putRecords("traces", judgment.traces().stream().map(JudgeJson::toJson).toList())
        .build();
  }

  /** Returns what {@link #toJson(Judgment)} made the record of. */
  public static Judgment judgment(JsonRecord json) {
    return new Judgment(
        verdict(json.text("verdict")),
        json.text("rationale"),
        json.records("traces").stream().map(JudgeJson::trace).toList(),
        probabilities(json));
  }

  /** Returns one asking of a model as a record. */
  public static JsonRecord toJson(Trace trace) {
    JsonRecord.Builder json =
        JsonRecord.builder()
            .put("order", trace.order().name())
            .put("verdict", trace.verdict().toString())
            .put("text", trace.text());
    putUsage(json, trace.usage());
    trace.probabilities().ifPresent(p -> json.put("probabilities", toJson(p)));
    trace.plan().ifPresent(plan -> json.put("plan", plan));
    trace.alone().ifPresent(answer -> json.put("alone", answer.name()));
    return json.build();
  }

  /** Returns what {@link #toJson(Trace)} made the record of. */
  public static Trace trace(JsonRecord json) {
    return new Trace(
        constant(Order.class, json.text("order")),
        json.text("text"),
        verdict(json.text("verdict")),
        usage(json),
        probabilities(json),
        json.optionalText("plan"),
        json.optionalText("alone").map(answer -> constant(Preference.class, answer)));
  }

  private static JsonRecord toJson(Probabilities probabilities) {
    return JsonRecord.builder()
        .put("a", probabilities.a())
        .put("tie", probabilities.tie())
        .put("b", probabilities.b())
        .build();
  }

  private static Optional<Probabilities> probabilities(JsonRecord json) {
    if (!json.has("probabilities")) {
      return Optional.empty();
    }
    JsonRecord p = json.record("probabilities");
    return Optional.of(new Probabilities(p.number("a"), p.number("tie"), p.number("b")));
  }

  /** Returns what a model wrote as a record. */
  public static JsonRecord toJson(Generation generation) {
    JsonRecord.Builder json =
        JsonRecord.builder()
            .put("text", generation.text())
            .put("finishReason", generation.finishReason().name());
    putUsage(json, generation.usage());
    if (!generation.tokens().isEmpty()) {
      json.putRecords("tokens", generation.tokens().stream().map(JudgeJson::toJson).toList());
    }
    return json.build();
  }

  /** Returns what {@link #toJson(Generation)} made the record of. */
  public static Generation generation(JsonRecord json) {
    return new Generation(
        json.text("text"),
        constant(Generation.FinishReason.class, json.text("finishReason")),
        usage(json),
        json.has("tokens")
            ? json.records("tokens").stream().map(JudgeJson::token).toList()
            : List.of());
  }

  /** JSON has no word for the logarithm of 0, so that one is left out. */
  private static JsonRecord toJson(Generation.Token token) {
    JsonRecord.Builder json = JsonRecord.builder();
    putLogProbability(json, token.text(), token.logProbability());
    if (!token.alternatives().isEmpty()) {
      json.putRecords(
          "alternatives",
          new TreeMap<>(token.alternatives())
              .entrySet().stream()
                  .map(e -> putLogProbability(JsonRecord.builder(), e.getKey(), e.getValue()))
                  .map(JsonRecord.Builder::build)
                  .toList());
    }
    return json.build();
  }

  private static JsonRecord.Builder putLogProbability(
      JsonRecord.Builder json, String text, double logProbability) {
    json.put("text", text);
    return logProbability == Double.NEGATIVE_INFINITY
        ? json
        : json.put("logProbability", logProbability);
  }

  private static Generation.Token token(JsonRecord json) {
    List<JsonRecord> alternatives =
        json.has("alternatives") ? json.records("alternatives") : List.of();
    return new Generation.Token(
        json.text("text"),
        logProbability(json),
        alternatives.stream()
            .collect(toMap(other -> other.text("text"), JudgeJson::logProbability)));
  }

  private static double logProbability(JsonRecord json) {
    return json.has("logProbability") ? json.number("logProbability") : Double.NEGATIVE_INFINITY;
  }

  private static void putUsage(JsonRecord.Builder json, Usage usage) {
    usage.promptTokens().ifPresent(n -> json.put("promptTokens", n));
    usage.completionTokens().ifPresent(n -> json.put("completionTokens", n));
  }

  private static Usage usage(JsonRecord json) {
    boolean known = json.has("promptTokens") && json.has("completionTokens");
    return known
        ? Usage.of(json.integer("promptTokens"), json.integer("completionTokens"))
        : Usage.UNKNOWN;
  }

  /** Returns an example with the order it was judged in as a record. */
  public static JsonRecord toJson(Annotation.Example example) {
    return JsonRecord.builder()
        .put("order", example.order().name())
        .put("example", toJson(example.example()))
        .build();
  }

  /** Returns what {@link #toJson(Annotation.Example)} made the record of. */
  public static Annotation.Example example(JsonRecord json) {
    return new Annotation.Example(
        constant(Order.class, json.text("order")), trainingExample(json.record("example")));
  }

  /** Returns an example to learn from as a record. */
  public static JsonRecord toJson(TrainingExample example) {
    return JsonRecord.builder()
        .put("id", example.id())
        .putRecords("prompt", example.prompt().stream().map(JudgeJson::toJson).toList())
        .put("completion", example.completion())
        .build();
  }

  /** Returns what {@link #toJson(TrainingExample)} made the record of. */
  public static TrainingExample trainingExample(JsonRecord json) {
    return new TrainingExample(
        json.text("id"),
        json.records("prompt").stream().map(JudgeJson::message).toList(),
        json.text("completion"));
  }

  /** Returns a message as a record. */
  public static JsonRecord toJson(ChatMessage message) {
    return JsonRecord.builder()
        .put("role", message.role().name().toLowerCase(Locale.ROOT))
        .put("content", message.content())
        .build();
  }

  private static ChatMessage message(JsonRecord json) {
    String role = json.text("role").toUpperCase(Locale.ROOT);
    return new ChatMessage(constant(ChatMessage.Role.class, role), json.text("content"));
  }

  private static Verdict verdict(String word) {
    return Arrays.stream(Preference.values())
        .filter(preference -> preference.name().equals(word))
        .findFirst()
        .map(Verdict::decided)
        .orElseGet(() -> Verdict.undecided(constant(Verdict.Cause.class, word)));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "\"" + name + "\" is none of " + Arrays.toString(type.getEnumConstants())));
  }
}
