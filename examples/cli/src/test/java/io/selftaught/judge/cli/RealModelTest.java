package io.selftaught.judge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.core.data.JsonFile;
import io.selftaught.judge.core.data.JsonRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command once on a real model, as small as it can be. */
@Tag("weights")
class RealModelTest {

  @TempDir private Path temp;

  @Test
  void info_saysWhatTheModelIs() {
    CommandLineRun run = run("info");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("llama", "134,515,008", "8192 tokens");
  }

  @Test
  void compare_json_holdsBothTraces() {
    CommandLineRun run =
        run(
            "compare",
            "--prompt",
            "What is 2 + 2?",
            "--a",
            "4",
            "--b",
            "22",
            "--max-tokens",
            32,
            "--json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(JsonRecord.parse(run.out()).records("traces")).hasSize(2);
  }

  @Test
  void evaluate_writesJudgmentsAndReport() throws IOException {
    Path pairs =
        Files.writeString(
            temp.resolve("pairs.jsonl"),
            """
            {"id": "1", "prompt": "2 + 2?", "a": "4", "b": "five", "preferred": "A"}
            {"id": "2", "prompt": "3 + 3?", "a": "7", "b": "6", "preferred": "B"}
            """);
    Path out = temp.resolve("out");

    CommandLineRun run = run("evaluate", "--pairs", pairs, "--out", out, "--max-tokens", 32);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("accuracy", "alwaysLonger", "positionConsistency");
    assertThat(Files.readAllLines(out.resolve("judgments.jsonl"))).hasSize(2);
    assertThat(JsonFile.read(out.resolve("report.json")).integer("pairs")).isEqualTo(2);
  }

  @Test
  void selfTrain_endsWellWhateverTheModelMakesOfIt() throws IOException {
    Path pool =
        Files.writeString(
            temp.resolve("pool.txt"),
            """
            Explain why bread rises when it is baked.
            Write a short poem about a lighthouse in winter.
            Give three reasons to learn a second language.
            Describe how a bicycle stays upright while it moves.
            """);
    Path out = temp.resolve("run");
    Object[] options = {
      "--pool", pool, "--out", out, "--limit", 2, "--samples", 2, "--max-tokens", 32
    };

    CommandLineRun run = run("self-train", options);
    CommandLineRun again = run("self-train", options);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("screen", "label", "select", "pair").contains(out.toString());
    assertThat(out.resolve("report.json")).isNotEmptyFile();
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).isEqualTo(run.out());
  }

  private static CommandLineRun run(String command, Object... more) {
    Object[] args = new Object[more.length + 3];
    args[0] = command;
    args[1] = "--model";
    args[2] = model();
    System.arraycopy(more, 0, args, 3, more.length);
    return CommandLineRun.of(new DjlEngine(new PrintWriter(Writer.nullWriter())), args);
  }

  private static Path model() {
    String folder = System.getProperty("JUDGE_MODELS", System.getenv("JUDGE_MODELS"));
    assertThat(folder).as("JUDGE_MODELS, the folder that .ci/fetch-models fills").isNotNull();
    return Path.of(folder).resolve("smollm2-135m-instruct-q4_1.gguf");
  }
}
