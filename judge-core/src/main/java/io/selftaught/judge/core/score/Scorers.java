package io.selftaught.judge.core.score;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judge;
import io.selftaught.judge.LanguageModel;

/** Makes scorers out of language models, and judges out of scorers. */
public final class Scorers {

  private Scorers() {}

  /**
   * Returns a scorer that asks the model for reasons and then a mark, and goes with the mean of the
   * samples, which is a finer measure than any one of them.
   *
   * @param config says how many samples, in {@link GenerationConfig#samples}, and how freely
   * @throws IllegalArgumentException if several samples are wanted at temperature 0, where all are
   *     the same
   */
  public static Scorer prompted(LanguageModel model, Scale scale, GenerationConfig config) {
    return prompted(model, Rubric.of(scale), config);
  }

  /**
   * Returns a scorer as {@link #prompted(LanguageModel, Scale, GenerationConfig)} does, that is
   * told what the marks mean.
   */
  public static Scorer prompted(LanguageModel model, Rubric rubric, GenerationConfig config) {
    if (config.samples() > 1 && config.temperature() == 0) {
      throw new IllegalArgumentException(
          "config.temperature must be above 0 for " + config.samples() + " samples, was 0");
    }
    return new PromptedScorer(
        requireNonNull(model, "model"), requireNonNull(rubric, "rubric"), config);
  }

  /**
   * Returns a judge that prefers the answer with the better mean mark. If a mark is missing, the
   * judgment is undecided for the reason of the first reading without one. Both answers get their
   * marks beside the reference of the comparison, if it has one.
   *
   * <p>Each trace tells which answer it is {@linkplain io.selftaught.judge.Trace#alone about}: no
   * order was shown, and so there is none to be biased by.
   *
   * @param margin means that are no further apart than this are a tie; not negative
   * @throws IllegalArgumentException if {@code margin} is negative or not finite
   */
  public static Judge judge(Scorer scorer, double margin) {
    return new ScoringJudge(scorer, margin);
  }
}
