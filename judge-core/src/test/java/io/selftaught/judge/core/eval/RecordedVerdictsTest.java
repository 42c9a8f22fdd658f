package io.selftaught.judge.core.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.selftaught.judge.core.eval.RecordedVerdicts.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The harness and the parser on what real judges wrote: the folder JUDGE_DATA holds {@code pairs}
 * and {@code verdicts}. The figures are half of LLMBar, so other than those of the whole set.
 */
@Tag("weights")
class RecordedVerdictsTest {

  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?i)(?:Output \\([ab]\\)|Assistant [12]\\S*|answer|\\b[123])[^.!?\\n]*?\\b(?:better|best|superior|preferred|more (?:accurate|precise|helpful|relevant)|slight edge)\\b"
              + "|\\b(?:choose|chose|choice|prefer|recommend|rate|pick|select)\\b[^.!?\\n]*(?:Assistant [12]|\\b[123]\\b|Output \\([ab]\\))"
              + "|\\b(?:equally|tie\\b|same quality)");

  private static final Pattern SAID = Pattern.compile("Output (\\([ab]\\)) is better");
  private static final String BOTH = "says both: recorded is the first, ours the last";
  private static final String ONLY_OURS = "says only ours: recorded is the other";

  private static Path data;

  @BeforeAll
  static void findData() {
    String folder = System.getProperty("JUDGE_DATA", System.getenv("JUDGE_DATA"));
    assumeTrue(folder != null, "JUDGE_DATA names no folder with recorded verdicts");
    data = Path.of(folder);
  }

  @Test
  void llmBar_gpt4AndFalcon_haveTheAccuracyAndTheConsistencyOfTheirRecords() {
    List<Output> outputs = RecordedVerdicts.read(data, "llmbar");

    // Counted from the files by a program of its own; 418 askings are 209 pairs in both orders.
    check(RecordedVerdicts.evaluation(outputs, "GPT-4", "Vanilla"), 368, 418, 199, 209);
    check(RecordedVerdicts.evaluation(outputs, "GPT-4", "CoT"), 357, 418, 192, 209);
    check(RecordedVerdicts.evaluation(outputs, "Falcon", "Vanilla"), 243, 418, 96, 209);
    check(RecordedVerdicts.evaluation(outputs, "Falcon", "CoT"), 219, 418, 29, 208);
  }

  private static void check(
      EvaluationReport report, long right, long askings, long same, long pairs) {
    Map<String, Double> scores = Benchmark.LLM_BAR.score(report);
    assertThat(scores.get("accuracy over both orders"))
        .isCloseTo((double) right / askings, within(1e-9));
    assertThat(report.positionConsistency()).isEqualTo(new Rate(same, pairs));
  }

  @Test
  void parser_everyOutput_agreesOrDisagreesForTheReasonsInTheTable() throws IOException {
    Path table = Path.of("docs", "recorded-verdicts.md");

    String found = table();

    if (Boolean.getBoolean("judge.write")) {
      Files.writeString(table, found);
    }
    assertThat(found).isEqualTo(Files.readString(table));
  }

  @Test
  void parser_outputsThatBothRead_areReadOtherwiseOnlyWhereTheJudgeSaysWhatWeRead() {
    List<Output> others =
        Stream.of("llmbar", "prd-vicuna80")
            .flatMap(name -> RecordedVerdicts.read(data, name).stream())
            .filter(RecordedVerdictsTest::contradicts)
            .toList();

    assertThat(others).filteredOn(o -> reason(o).equals(ONLY_OURS)).hasSize(36);
    assertThat(others).filteredOn(o -> reason(o).equals(BOTH)).hasSize(4);
    assertThat(others).hasSize(40);
  }

  private static boolean contradicts(Output output) {
    return output.parsed().preference().isPresent()
        && output.recorded().isPresent()
        && !output.parsed().preference().equals(output.recorded());
  }

  /** Returns in which of a few ways our parser and the authors come to what they do. */
  private static String reason(Output output) {
    boolean ours = output.parsed().preference().isPresent();
    if (output.recorded().isEmpty()) {
      return ours ? "read by us alone" : "read by neither";
    }
    if (ours && !contradicts(output)) {
      return "same";
    }
    if (ours) {
      Set<String> said =
          SAID.matcher(output.raw()).results().map(m -> m.group(1)).collect(Collectors.toSet());
      return said.size() == 2 ? BOTH : said.size() == 1 ? ONLY_OURS : "other";
    }
    if (STATEMENT.matcher(lastSentence(output)).find()) {
      return "said in a last sentence that says more";
    }
    return STATEMENT.matcher(output.raw()).find()
        ? "said earlier and not at the end"
        : "said in other words";
  }

  private static String lastSentence(Output output) {
    String[] sentences = output.raw().strip().split("(?<=[.!?])\\s+|\\n+");
    return sentences[sentences.length - 1];
  }

  private static String table() {
    List<Output> outputs = new ArrayList<>(RecordedVerdicts.read(data, "llmbar"));
    outputs.addAll(RecordedVerdicts.read(data, "prd-vicuna80"));
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    List<String> contradictions = new ArrayList<>();
    Map<String, Integer> totals = new TreeMap<>();
    for (Output output : outputs) {
      String reason = reason(output);
      counts
          .computeIfAbsent(
              output.pair().source() + " | " + output.judge() + " | " + output.style(),
              judge -> new TreeMap<>())
          .merge(reason, 1, Integer::sum);
      totals.merge(reason, 1, Integer::sum);
      if (contradicts(output)) {
        contradictions.add(
            "| %s | %s | %s | %s | %s |\n"
                .formatted(
                    output.id(),
                    output.recorded().orElseThrow(),
                    output.parsed(),
                    reason.replaceFirst(":.*", ""),
                    lastSentence(output)));
      }
    }
    return document(outputs.size(), totals, counts, contradictions);
  }

  private static String document(
      int all,
      Map<String, Integer> totals,
      Map<String, Map<String, Integer>> counts,
      List<String> contradictions) {
    StringBuilder text =
        new StringBuilder(
            """
            # The verdict parser on recorded outputs

            %d outputs of nine judges (LLMBar and PRD), read by `VerdictParser.lenient()` and compared with the verdicts that
            the authors of the two sets read. The judges were asked for other words than ours, so "Output (a)" and "Assistant 1"
            are put into our words first, a last line that is just the number asked for into our marker, and a number on the last
            line into our letter where words of choice stand before it ("I choose 2"). Nothing else is changed. Written by
            `RecordedVerdictsTest`, which also checks it.

            A judge asked for our marker says its verdict at the end. These were not, and many give reasons after it, or say it in
            other ways. A last sentence that chooses one answer and names no other is read. What says more is not, on purpose,
            though it looks like a verdict here: that an answer is "more accurate", a choice with a "but", a verdict behind which
            the text goes on. It may be about anything, and a judge can be asked again.

            Where both read a verdict, they differ in 40 outputs. In 4 the judge says first that one output is better, and at the
            end that the other is. In 36, all of one judge, it says of one output only that it is better, and the recorded verdict
            is the other one.

            | outcome | outputs |
            |---|---|
            """
                .formatted(all));
    totals.forEach((reason, n) -> text.append("| %s | %d |\n".formatted(reason, n)));
    List<String> reasons = List.copyOf(totals.keySet());
    text.append("\n| set | judge | prompt | ").append(String.join(" | ", reasons)).append(" |\n");
    text.append("|---|---|---|").append("---|".repeat(reasons.size())).append('\n');
    counts.forEach(
        (judge, byReason) -> {
          text.append("| ").append(judge).append(" |");
          reasons.forEach(
              reason -> text.append(" %d |".formatted(byReason.getOrDefault(reason, 0))));
          text.append('\n');
        });
    text.append(
        "\n## Read otherwise\n\n| output | recorded | ours | the judge | and ends |\n|---|---|---|---|---|\n");
    contradictions.forEach(text::append);
    return text.toString();
  }
}
