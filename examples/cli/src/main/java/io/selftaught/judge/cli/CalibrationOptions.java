package io.selftaught.judge.cli;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.core.calibrate.Calibration;
import io.selftaught.judge.core.calibrate.Observation;
import io.selftaught.judge.core.calibrate.Reliability;
import io.selftaught.judge.core.eval.EvaluationReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what calibration is learnt from an evaluation. */
@SuppressWarnings("NullAway.Init") // Set by the option parser.
final class CalibrationOptions {

  private static final String FIT = "--fit-calibration";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = FIT,
      paramLabel = "FILE",
      description =
          "Receives what these pairs teach about the judge's probabilities, as JSON for "
              + "--calibration.")
  private @Nullable Path file;

  @Option(
      names = "--calibration-kind",
      paramLabel = "KIND",
      description =
          "What is fitted: ${COMPLETION-CANDIDATES}; one number, from some dozen pairs on, or a "
              + "curve, from some hundred on. Default: ${DEFAULT-VALUE}.")
  private Kind kind = Kind.TEMPERATURE;

  private enum Kind {
    TEMPERATURE,
    ISOTONIC;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    private Calibration fit(List<Observation> observations) {
      return switch (this) {
        case TEMPERATURE -> Calibration.temperature(observations);
        case ISOTONIC -> Calibration.isotonic(observations);
      };
    }
  }

  /**
   * Checks that the options go together.
   *
   * @throws ParameterException if they don't
   */
  void check(JudgingOptions judging, GuardOptions guards) {
    if (file == null) {
      return;
    }
    guards.requireProbabilities(judging, FIT);
    if (guards.calibrates()) {
      throw new ParameterException(
          command.commandLine(), FIT + " learns from uncorrected probabilities: no --calibration");
    }
  }

  /**
   * Writes the calibration of a judge, if one is wanted, and says what it changes.
   *
   * @throws InvalidInputException if no judgment has probabilities, or the file cannot be written
   */
  void write(EvaluationReport report, PrintWriter out) {
    if (file == null) {
      return;
    }
    List<Observation> observations = report.observations();
    if (observations.isEmpty()) {
      throw new InvalidInputException(
          "There is nothing to fit " + file + " to: no judgment came with probabilities");
    }
    Calibration calibration = kind.fit(observations);
    calibration.write(file);
    out.printf(
        Locale.ROOT,
        "Calibration (%s, %d pairs): %s; expected calibration error on the same pairs %s, was %s%n",
        kind,
        observations.size(),
        file,
        error(observations.stream().map(o -> corrected(o, calibration)).toList()),
        error(observations));
  }

  private static Observation corrected(Observation observation, Calibration calibration) {
    return new Observation(calibration.apply(observation.said()), observation.label());
  }

  private static String error(List<Observation> observations) {
    return Reliability.ofSayable(observations)
        .map(known -> String.format(Locale.ROOT, "%.3f", known.expectedCalibrationError()))
        .orElse("unknown");
  }
}
