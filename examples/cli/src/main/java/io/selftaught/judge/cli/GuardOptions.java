package io.selftaught.judge.cli;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Judge;
import io.selftaught.judge.core.AnswerLimit;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.calibrate.Calibration;
import io.selftaught.judge.core.safety.Canaries;
import io.selftaught.judge.core.safety.CanaryJudge;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options that say how far a judge is to be trusted, and with what. */
@SuppressWarnings("NullAway.Init") // Set by the option parser.
final class GuardOptions {

  private static final long CANARY_SEED = 1;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--answer-limit",
      paramLabel = "N",
      converter = Count.class,
      description = "The longest answer, in characters. Default: what the model's context holds.")
  private @Nullable Integer answerLimit;

  @Option(
      names = "--over-limit",
      paramLabel = "POLICY",
      description =
          "What becomes of a longer answer: ${COMPLETION-CANDIDATES}; the judgment fails, or the "
              + "judge sees the beginning and that it was cut. Default: ${DEFAULT-VALUE}.")
  private OverLimit overLimit = OverLimit.REFUSE;

  @Option(
      names = "--canaries",
      paramLabel = "N",
      converter = Count.class,
      description =
          "Ask first about N pairs whose right verdict nobody can doubt, and about one more every "
              + "20 pairs; stop if the judge gets them wrong. At least "
              + CanaryJudge.FEWEST
              + ".")
  private @Nullable Integer canaries;

  @Option(
      names = "--calibration",
      paramLabel = "FILE",
      converter = CalibrationFile.class,
      description =
          "Correct probabilities by this file, which `evaluate --fit-calibration` wrote for the "
              + "same model, asked in the same way. Verdicts stay.")
  private @Nullable Calibration calibration;

  @Option(
      names = "--abstain-below",
      paramLabel = "P",
      converter = Share.class,
      description =
          "Leave a comparison undecided (UNSURE) if the verdict is less likely than P, 0 to 1.")
  private @Nullable Double abstainBelow;

  private enum OverLimit {
    REFUSE,
    CUT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A judge behind its guards, and the canaries among them. */
  record Guarded(Judge judge, Optional<CanaryJudge> canaries) {}

  /**
   * Checks that the options go together.
   *
   * @throws ParameterException if they don't
   */
  void check(JudgingOptions judging) {
    if (canaries != null && canaries < CanaryJudge.FEWEST) {
      throw badUsage(
          "--canaries must be at least %d: fewer can't show that a judge is broken; was %d"
              .formatted(CanaryJudge.FEWEST, canaries));
    }
    if (calibration != null) {
      requireProbabilities(judging, "--calibration");
    }
    if (abstainBelow != null) {
      requireProbabilities(judging, "--abstain-below");
    }
  }

  /**
   * Checks that judgments will say how likely they are.
   *
   * @throws ParameterException if they won't
   */
  void requireProbabilities(JudgingOptions judging, String option) {
    if (!judging.tellsProbabilities()) {
      throw badUsage(option + " needs probabilities: add --verdict-only, or --votes of 2 or more");
    }
  }

  /** Returns whether probabilities are corrected. */
  boolean calibrates() {
    return calibration != null;
  }

  private ParameterException badUsage(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /**
   * Returns a judge with its guards, after canaries where they are wanted. They see the bare judge:
   * one that abstains or refuses is not broken.
   *
   * @throws io.selftaught.judge.UnsoundJudgeException if it gets the canaries wrong
   */
  Guarded guard(Judge bare) {
    Optional<CanaryJudge> watched = Optional.ofNullable(canaries).map(n -> watch(bare, n));
    Judge judge = watched.isPresent() ? watched.get() : bare;
    judge = calibration == null ? judge : Judges.calibrated(judge, calibration);
    judge = abstainBelow == null ? judge : Judges.abstaining(judge, abstainBelow);
    judge = answerLimit == null ? judge : Judges.limited(judge, limit(answerLimit));
    return new Guarded(judge, watched);
  }

  private static CanaryJudge watch(Judge bare, int canaries) {
    CanaryJudge judge = CanaryJudge.builder(bare, Canaries.standard(CANARY_SEED)).build();
    judge.probe(canaries);
    return judge;
  }

  private AnswerLimit limit(int characters) {
    return switch (overLimit) {
      case REFUSE -> AnswerLimit.refusing(characters);
      case CUT -> AnswerLimit.truncating(characters);
    };
  }

  /** Reads the value of an option that names a file with a calibration. */
  private static final class CalibrationFile implements ITypeConverter<Calibration> {
    @Override
    public Calibration convert(String value) {
      try {
        return Calibration.read(Path.of(value));
      } catch (InvalidInputException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
