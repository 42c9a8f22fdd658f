package io.selftaught.judge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.ModelException;
import io.selftaught.judge.djl.DjlOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

  @TempDir private Path temp;
  private final ScriptedEngine engine = new ScriptedEngine((messages, seed) -> "Hm. [[A]]");
  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    model = Files.writeString(temp.resolve("m.gguf"), "a model");
  }

  @Test
  void help_namesEveryCommand() {
    CommandLineRun run = CommandLineRun.of(engine, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("compare", "evaluate", "self-train", "info");
  }

  @Test
  void command_missing_isBadUsage() {
    CommandLineRun run = CommandLineRun.of(engine);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("judge --help");
  }

  @Test
  void option_unknown_isTwoLinesAndExitCode2() {
    CommandLineRun run = CommandLineRun.of(engine, "info", "--model", model, "--colour", "red");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(2).first().asString().contains("--colour");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void option_missing_isNamed() {
    CommandLineRun run = CommandLineRun.of(engine, "info");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--model").contains("judge info --help");
  }

  @Test
  void threads_notACount_isNamedWithItsValue() {
    CommandLineRun run = CommandLineRun.of(engine, "info", "--model", model, "--threads", "0");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--threads").contains("'0' is not a whole number of at least 1");
  }

  @Test
  void dtype_unknown_namesTheLegalOnes() {
    CommandLineRun run = CommandLineRun.of(engine, "info", "--model", model, "--dtype", "q9");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("[BF16, FP32, INT8, INT4]").contains("q9");
  }

  @Test
  void modelOptions_inAnyCase_reachTheEngine() {
    CommandLineRun run =
        CommandLineRun.of(
            engine, "info", "--model", model, "--dtype", "FP32", "--device", "cpu", "--threads", 3);

    assertThat(run.exitCode()).isZero();
    assertThat(engine.options().dtype()).contains(DjlOptions.DataType.FP32);
    assertThat(engine.options().device()).contains(DjlOptions.Device.CPU);
    assertThat(engine.options().threads()).hasValue(3);
  }

  @Test
  void info_saysWhatTheModelIsAndClosesIt() {
    CommandLineRun run = CommandLineRun.of(engine, "info", "--model", model);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("llama", "135,000,000", "BF16", "2048 tokens", "cpu", "3 MiB");
    assertThat(engine.isClosed()).isTrue();
  }

  @Test
  void failure_isExitCode1AndAHintAtVerbose() {
    Engine broken =
        options -> {
          throw new ModelException("The device is out of memory");
        };

    CommandLineRun run = CommandLineRun.of(broken, "info", "--model", model);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines())
        .containsExactly(
            "The device is out of memory", "Run again with --verbose to see where it happened.");
  }

  @Test
  void failure_verbose_showsTheStackTrace() {
    Engine broken =
        options -> {
          throw new IllegalStateException("a bug");
        };

    CommandLineRun run = CommandLineRun.of(broken, "info", "--model", model, "--verbose");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("\tat ").contains("IllegalStateException: a bug");
  }
}
