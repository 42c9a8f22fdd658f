package io.selftaught.judge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.core.data.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {

  private static final String PAIRS =
      """
      {"id": "1", "category": "maths", "prompt": "2 + 2?", "a": "4", "b": "five", "preferred": "A"}
      {"id": "2", "category": "maths", "prompt": "3 + 3?", "a": "7", "b": "6", "preferred": "B"}
      {"id": "3", "category": "taste", "prompt": "Tea?", "a": "Yes.", "b": "Yes!", "preferred": "TIE"}
      """;

  @TempDir private Path temp;
  private final AtomicInteger calls = new AtomicInteger();
  private final ScriptedEngine engine =
      new ScriptedEngine(
          (messages, seed) -> {
            calls.incrementAndGet();
            return "The first one is right.\n[[A]]";
          });
  private Path model;
  private Path pairs;

  @BeforeEach
  void writeFiles() throws IOException {
    model = Files.writeString(temp.resolve("m.gguf"), "a model");
    pairs = Files.writeString(temp.resolve("pairs.jsonl"), PAIRS);
  }

  @Test
  void evaluate_printsTheFiguresBesideTheBaselines() {
    CommandLineRun run = CommandLineRun.of(engine, "evaluate", "--model", model, "--pairs", pairs);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsPattern("accuracy +0/2 = 0.0%")
        .containsPattern("alwaysFirst +1/2 = 50.0%")
        .containsPattern("alwaysLonger +0/2")
        .containsPattern("positionConsistency +0/3")
        .contains("INCONSISTENT=3", "accuracy of maths", "pairsPerMinute");
  }

  @Test
  void evaluate_out_keepsJudgmentsAndReportAndContinues() throws IOException {
    Path out = temp.resolve("out");
    CommandLineRun first =
        CommandLineRun.of(engine, "evaluate", "--model", model, "--pairs", pairs, "--out", out);
    int callsOfTheFirst = calls.get();

    CommandLineRun again =
        CommandLineRun.of(engine, "evaluate", "--model", model, "--pairs", pairs, "--out", out);

    assertThat(first.exitCode()).isZero();
    assertThat(again.exitCode()).isZero();
    assertThat(calls).hasValue(callsOfTheFirst);
    assertThat(Files.readAllLines(out.resolve("judgments.jsonl"))).hasSize(3);
    assertThat(JsonFile.read(out.resolve("report.json")).integer("pairs")).isEqualTo(3);
    assertThat(again.out()).contains("For reading: " + out.resolve("report.html"));
    assertThat(out.resolve("report.html")).content().contains("<svg", "0.0%</span>", "maths");
  }

  @Test
  void evaluate_against_comparesWithAnEarlierRunOnTheSamePairs() {
    Path earlier = temp.resolve("earlier");
    CommandLineRun.of(engine, "evaluate", "--model", model, "--pairs", pairs, "--out", earlier);
    ScriptedEngine right =
        new ScriptedEngine(
            (messages, seed) -> {
              String asked = messages.toString();
              boolean first =
                  isBefore(asked, "\n4\n", "\nfive\n") || isBefore(asked, "\n6\n", "\n7\n");
              return "I worked it out.\n" + (first ? "[[A]]" : "[[B]]");
            });

    CommandLineRun run =
        CommandLineRun.of(
            right, "evaluate", "--model", model, "--pairs", pairs, "--against", earlier);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("against " + earlier + ": +100.0 points on 2 pairs (2 only this right, 0 only");
  }

  private static boolean isBefore(String text, String one, String other) {
    return text.contains(one) && text.indexOf(one) < text.indexOf(other);
  }

  @Test
  void evaluate_againstNoRun_isBadInputBeforeAnythingIsAsked() {
    CommandLineRun run =
        CommandLineRun.of(
            engine, "evaluate", "--model", model, "--pairs", pairs, "--against", temp);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("holds no judgment of these pairs");
    assertThat(calls).hasValue(0);
  }

  @Test
  void evaluate_exports_areWrittenEachInItsFormat() {
    Path markdown = temp.resolve("new/figures.MD");
    Path csv = temp.resolve("pairs.csv");
    Path junit = temp.resolve("TEST-judge.xml");

    CommandLineRun run =
        CommandLineRun.of(
            engine,
            "evaluate",
            "--model",
            model,
            "--pairs",
            pairs,
            "--export",
            markdown,
            "--export",
            csv,
            "--export",
            junit);

    assertThat(run.exitCode()).isZero();
    assertThat(markdown).content().contains("| accuracy | 0.0% |", "undecided 3 INCONSISTENT");
    assertThat(csv).content().startsWith("id,").contains("1,", "maths,A,INCONSISTENT,false");
    assertThat(junit)
        .content()
        .contains("<testsuite name=\"judge\" tests=\"3\" failures=\"3\" errors=\"0\"");
  }

  @Test
  void evaluate_benchmark_readsItsFieldsAndPrintsItsScores() throws IOException {
    Path natural =
        Files.writeString(
            temp.resolve("Natural.json"),
            """
            [{"input": "2 + 2?", "output_1": "4", "output_2": "five", "label": 1},
             {"input": "3 + 3?", "output_1": "7", "output_2": "6", "label": 2}]
            """);

    CommandLineRun run =
        CommandLineRun.of(
            engine, "evaluate", "--model", model, "--pairs", natural, "--benchmark", "llm_bar");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("By the rule of LLM_BAR:")
        .containsPattern("accuracy over both orders +50\\.0%")
        .containsPattern("same in both orders +0\\.0%");
  }

  @Test
  void evaluate_benchmarkOfAnotherShape_saysWhatIsMissing() {
    CommandLineRun run =
        CommandLineRun.of(
            engine, "evaluate", "--model", model, "--pairs", pairs, "--benchmark", "judge_bench");

    assertThat(run.exitCode()).isNotZero();
    assertThat(run.err())
        .contains("pairs.jsonl holds no labelled pair", "field \"label\" is missing");
    assertThat(calls).hasValue(0);
  }

  @Test
  void evaluate_exportOfUnknownFormat_isBadUsageBeforeAnythingIsAsked() {
    CommandLineRun run =
        CommandLineRun.of(
            engine, "evaluate", "--model", model, "--pairs", pairs, "--export", "figures.doc");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("'figures.doc' ends in none of .md, .csv and .xml");
    assertThat(calls).hasValue(0);
  }

  @Test
  void evaluate_exportThatCannotBeWritten_isBadInputAndNamed() throws IOException {
    Path directory = Files.createDirectory(temp.resolve("taken.csv"));

    CommandLineRun run =
        CommandLineRun.of(
            engine, "evaluate", "--model", model, "--pairs", pairs, "--export", directory);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Cannot write", "taken.csv", "choose another place");
  }

  @Test
  void evaluate_canariesOfABrokenJudge_stopBeforeTheFirstPair() {
    Path out = temp.resolve("out");

    CommandLineRun run =
        CommandLineRun.of(
            engine, "evaluate", "--model", model, "--pairs", pairs, "--canaries", 10, "--out", out);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("broken or under attack", "canaries right: 0/10");
    assertThat(out).doesNotExist();
  }

  @Test
  void evaluate_limit_judgesOnlySoMany() {
    CommandLineRun run =
        CommandLineRun.of(engine, "evaluate", "--model", model, "--pairs", pairs, "--limit", 1);

    assertThat(run.out()).containsPattern("pairs +1\\R");
  }

  @Test
  void evaluate_malformedLine_isNamedAndTheRestUsed() throws IOException {
    Files.writeString(pairs, PAIRS + "{\"id\": \"4\", \"prompt\": \"half a l");

    CommandLineRun run = CommandLineRun.of(engine, "evaluate", "--model", model, "--pairs", pairs);

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("pairs.jsonl: 3 records, 1 lines rejected (line 4: ");
    assertThat(run.out()).containsPattern("pairs +3\\R");
  }

  @Test
  void evaluate_noUsablePair_isBadInputBeforeTheModelIsLoaded() throws IOException {
    Files.writeString(pairs, "not JSON\n");

    CommandLineRun run = CommandLineRun.of(engine, "evaluate", "--model", model, "--pairs", pairs);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1).first().asString().contains("holds no labelled pair");
    assertThat(calls).hasValue(0);
  }

  @Test
  void evaluate_interrupted_isExitCode130AndSaysHowToGoOn() {
    Thread.currentThread().interrupt();

    CommandLineRun run = CommandLineRun.of(engine, "evaluate", "--model", model, "--pairs", pairs);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(run.exitCode()).isEqualTo(130);
    assertThat(run.err()).contains("the same command goes on from there");
  }

  @Test
  void evaluate_missingFile_isBadInput() {
    CommandLineRun run =
        CommandLineRun.of(
            engine, "evaluate", "--model", model, "--pairs", temp.resolve("none.jsonl"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("none.jsonl");
  }
}
