package io.selftaught.judge.core.eval;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.data.JsonLines;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.prompt.VerdictParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What real judges wrote of labelled pairs, with the verdicts that the authors of the two sets read
 * out of it: <a href="https://github.com/princeton-nlp/LLMBar">LLMBar</a> and <a
 * href="https://github.com/bcdnlp/PRD">PRD</a>, both MIT. Lines of {@code
 * {"pair_id","judge","style","order","raw","verdict"}}, the verdict in the pair's own letters.
 */
final class RecordedVerdicts {

  private static final Pattern CHOSEN_NUMBER =
      Pattern.compile(
          "(?i)(\\b(?:choose|choice is|(?:answer|output|option)(?: is)?)(?: | ?: ))([123])\\b");

  /**
   * One output of a judge.
   *
   * @param recorded the verdict of the authors; empty if they could not read one
   */
  record Output(
      String id,
      LabeledComparison pair,
      String judge,
      String style,
      Order order,
      String raw,
      Optional<Preference> recorded) {

    /** Returns what the judge wrote, in the words that our prompts ask for. */
    String transcribed() {
      return pair.source().equals("llmbar")
          ? raw.replace("Output (a)", "Answer A").replace("Output (b)", "Answer B")
          : numbered(
              raw.replaceAll("Assistant 1\\b", "Assistant A")
                  .replaceAll("Assistant 2\\b", "Assistant B"));
    }

    /**
     * These judges were asked for a number. A last line that is nothing else is their marker;
     * elsewhere on it the number is a name where words of choice stand before it.
     */
    private static String numbered(String text) {
      String end = text.stripTrailing();
      int start = end.lastIndexOf('\n') + 1;
      String line = end.substring(start).strip();
      String named = CHOSEN_NUMBER.matcher(line).replaceAll(m -> m.group(1) + letter(m.group(2)));
      return end.substring(0, start)
          + (line.matches("[123]\\.?") ? "[[" + letter(line.substring(0, 1)) + "]]" : named);
    }

    private static String letter(String number) {
      return switch (number) {
        case "1" -> "A";
        case "2" -> "B";
        default -> "C";
      };
    }

    /** Returns what our parser reads, in the pair's own letters. */
    Verdict parsed() {
      Comparison shown = pair.comparison().in(order);
      return VerdictParser.lenient()
          .withTies(!pair.source().equals("llmbar"))
          .parse(Generation.of(transcribed()), shown)
          .fold(preference -> Verdict.decided(order.apply(preference)), Verdict::undecided);
    }
  }

  private RecordedVerdicts() {}

  /** Returns the outputs of a set whose pair is known. */
  static List<Output> read(Path data, String name) {
    Map<String, LabeledComparison> pairs =
        PairFiles.read(data.resolve("pairs").resolve(name + ".jsonl")).records().stream()
            .collect(Collectors.toMap(LabeledComparison::id, Function.identity()));
    return JsonLines.read(
            data.resolve("verdicts").resolve(name + ".jsonl"), line -> output(line, pairs))
        .records();
  }

  private static Output output(JsonRecord line, Map<String, LabeledComparison> pairs) {
    return new Output(
        line.text("id"),
        pairs.get(line.text("pair_id")),
        line.text("judge"),
        line.text("style"),
        Order.valueOf(line.text("order")),
        line.text("raw"),
        line.optionalText("verdict").map(Preference::valueOf));
  }

  /** Returns the recorded verdicts of a judge as if it had been evaluated. */
  static EvaluationReport evaluation(List<Output> outputs, String judge, String style) {
    Map<LabeledComparison, List<Trace>> traces = new LinkedHashMap<>();
    for (Output output : outputs) {
      if (output.judge().equals(judge) && output.style().equals(style)) {
        Verdict verdict =
            output.recorded().map(Verdict::decided).orElse(Verdict.undecided(Cause.UNPARSABLE));
        traces
            .computeIfAbsent(output.pair(), pair -> new ArrayList<>())
            .add(new Trace(output.order(), output.raw(), verdict, Usage.UNKNOWN));
      }
    }
    List<Judged> judged =
        traces.entrySet().stream()
            .map(e -> new Judged(e.getKey(), new Judgment(both(e.getValue()), "", e.getValue())))
            .toList();
    return new EvaluationReport(judge + " " + style, judged, OptionalDouble.empty());
  }

  private static Verdict both(List<Trace> traces) {
    List<Verdict> verdicts = traces.stream().map(Trace::verdict).distinct().toList();
    return traces.size() == 2 && verdicts.size() == 1
        ? verdicts.get(0)
        : Verdict.undecided(Cause.INCONSISTENT);
  }
}
