package io.selftaught.judge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.selftaught.judge.ModelException;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.core.calibrate.Calibration;
import io.selftaught.judge.core.data.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationOptionsTest {

  /** Of nine in ten votes: (9 + 1) / (10 + 2). */
  private static final Probabilities SAID = new Probabilities(10 / 12.0, 0, 2 / 12.0);

  @TempDir private Path temp;
  private Path pairs;
  private Path file;
  private final AtomicInteger calls = new AtomicInteger();

  /** Holds "good" better in nine of ten votes, though only six of ten labels say so. */
  private ScriptedEngine boasting() {
    return new ScriptedEngine(
        (messages, seed) -> {
          calls.incrementAndGet();
          String text = messages.get(0).content();
          boolean first = text.indexOf("good") < text.indexOf("bad");
          return first == (Math.floorMod(seed, 10) != 9) ? "Thus [[A]]" : "Thus [[B]]";
        });
  }

  @BeforeEach
  void writePairs() throws IOException {
    pairs =
        Files.writeString(
            temp.resolve("pairs.jsonl"),
            IntStream.range(0, 10)
                .mapToObj(
                    i ->
                        "{\"id\": \"%d\", \"prompt\": \"P%d\", \"a\": \"good\", \"b\": \"bad\", \"preferred\": \"%s\"}"
                            .formatted(i, i, i < 6 ? "A" : "B"))
                .collect(Collectors.joining("\n")));
    file = temp.resolve("made/calibration.json");
  }

  @Test
  void fit_temperature_isWhatTheLabelsShow() {
    CommandLineRun run = evaluate(boasting(), "--votes", 10, "--fit-calibration", file);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Calibration (temperature, 10 pairs)", "same pairs 0.000, was 0.233");
    assertThat(Calibration.read(file).apply(SAID).a()).isCloseTo(0.6, within(1e-6));
  }

  @Test
  void fit_isotonic_isWrittenAsSuch() {
    CommandLineRun run =
        evaluate(
            boasting(), "--votes", 10, "--fit-calibration", file, "--calibration-kind", "isotonic");

    assertThat(run.exitCode()).isZero();
    assertThat(JsonFile.read(file).text("kind")).isEqualTo("isotonic");
    assertThat(Calibration.read(file).apply(SAID).a()).isCloseTo(0.6, within(1e-6));
  }

  @Test
  void fit_isReadByTheNextEvaluation() {
    evaluate(boasting(), "--votes", 10, "--fit-calibration", file);

    CommandLineRun run =
        evaluate(boasting(), "--votes", 10, "--calibration", file, "--abstain-below", 0.7);

    assertThat(run.out()).contains("UNSURE=10", "calibrated(");
  }

  @Test
  void fit_ofFinishedJudgments_asksNothing() {
    Path out = temp.resolve("out");
    evaluate(boasting(), "--votes", 10, "--out", out);
    int before = calls.get();

    CommandLineRun run =
        evaluate(boasting(), "--votes", 10, "--out", out, "--fit-calibration", file);

    assertThat(run.exitCode()).isZero();
    assertThat(calls).hasValue(before);
    assertThat(file).exists();
  }

  @Test
  void fit_withoutProbabilities_isBadUsageBeforeTheModelIsLoaded() {
    ScriptedEngine engine = boasting();

    CommandLineRun run = evaluate(engine, "--fit-calibration", file);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--fit-calibration needs probabilities: add --verdict-only");
    assertThat(engine.options()).isNull();
  }

  @Test
  void fit_onTopOfACalibration_isBadUsage() {
    evaluate(boasting(), "--votes", 10, "--fit-calibration", file);

    CommandLineRun run =
        evaluate(boasting(), "--votes", 10, "--fit-calibration", file, "--calibration", file);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--fit-calibration learns from uncorrected probabilities");
  }

  @Test
  void fit_modelFails_saysThatThereIsNothingToFit() {
    ScriptedEngine broken =
        new ScriptedEngine(
            (messages, seed) -> {
              throw new ModelException("out of order");
            });

    CommandLineRun run = evaluate(broken, "--verdict-only", "--fit-calibration", file);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("FAILED=10");
    assertThat(run.err()).contains("nothing to fit", "no judgment came with probabilities");
    assertThat(file).doesNotExist();
  }

  private CommandLineRun evaluate(ScriptedEngine engine, Object... more) {
    List<Object> args = new ArrayList<>(List.of("evaluate", "--model", "m", "--pairs", pairs));
    args.addAll(List.of(more));
    return CommandLineRun.of(engine, args.toArray());
  }
}
