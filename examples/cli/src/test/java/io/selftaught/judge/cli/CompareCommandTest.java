package io.selftaught.judge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.ModelException;
import io.selftaught.judge.core.data.JsonRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {

  private static final String PREFER_FIRST = "The first one is right.\n[[A]]";

  @TempDir private Path temp;
  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    model = Files.writeString(temp.resolve("m.gguf"), "a model");
  }

  @Test
  void compare_oneOrder_printsVerdictAndReasons() {
    CommandLineRun run = compare(saying(PREFER_FIRST), "--order", "ab");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Verdict: A").contains("The first one is right.");
  }

  @Test
  void compare_bothOrders_alwaysTheFirst_isInconsistent() {
    CommandLineRun run = compare(saying(PREFER_FIRST));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("Undecided: INCONSISTENT")
        .contains("shown as AB: A, shown as BA: B");
  }

  @Test
  void compare_json_isOneRecordWithAllTraces() {
    CommandLineRun run = compare(saying(PREFER_FIRST), "--order", "ab", "--votes", "3", "--json");

    JsonRecord json = JsonRecord.parse(run.out());
    assertThat(json.text("verdict")).isEqualTo("A");
    assertThat(json.records("traces")).hasSize(3);
  }

  @Test
  void compare_verdictOnly_printsProbabilitiesOfBothOrders() {
    CommandLineRun run = compare(saying(PREFER_FIRST), "--verdict-only");

    // The scripted model holds both verdicts equally likely.
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("Undecided: INCONSISTENT")
        .contains("Probabilities: A 50.0%, tie 0.0%, B 50.0%", "shown as AB:", "shown as BA:");
  }

  @Test
  void compare_adapter_judgesWithTheAdaptedModel() {
    CommandLineRun run =
        compare(saying(PREFER_FIRST), "--order", "ab", "--adapter", temp.toString());

    assertThat(run.out()).startsWith("Verdict: B").contains("Adapted");
  }

  @Test
  void compare_blankPrompt_isBadUsage() {
    CommandLineRun run =
        CommandLineRun.of(
            saying(PREFER_FIRST),
            "compare",
            "--model",
            model,
            "--prompt",
            " ",
            "--a",
            "x",
            "--b",
            "y");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--prompt must not be blank");
  }

  @Test
  void compare_modelFails_isUndecidedNotAnError() {
    ScriptedEngine broken =
        new ScriptedEngine(
            (messages, seed) -> {
              throw new ModelException("out of order");
            });

    CommandLineRun run = compare(broken);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("Undecided: FAILED");
  }

  private static ScriptedEngine saying(String reply) {
    return new ScriptedEngine((messages, seed) -> reply);
  }

  private CommandLineRun compare(ScriptedEngine engine, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("compare", "--model", model.toString(), "--prompt", "Capital of France?"));
    args.addAll(List.of("--a", "Paris", "--b", "Lyon"));
    args.addAll(List.of(more));
    return CommandLineRun.of(engine, args.toArray());
  }
}
