package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;

/** Takes back a preference that is not likely enough. */
final class AbstainingJudge implements Judge {

  private final Judge judge;
  private final double threshold;

  AbstainingJudge(Judge judge, double threshold) {
    this.judge = requireNonNull(judge, "judge");
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold must be between 0 and 1, was " + threshold);
    }
    this.threshold = threshold;
  }

  @Override
  public Judgment compare(Comparison comparison) {
    Judgment judgment = judge.compare(comparison);
    return judgment.verdict().preference().isEmpty() || isSure(judgment)
        ? judgment
        : new Judgment(
            Verdict.undecided(Cause.UNSURE), "", judgment.traces(), judgment.probabilities());
  }

  private boolean isSure(Judgment judgment) {
    return judgment
        .probabilities()
        .filter(p -> p.of(judgment.verdict().preference().orElseThrow()) >= threshold)
        .isPresent();
  }

  @Override
  public void close() {
    judge.close();
  }

  @Override
  public String toString() {
    return "abstaining(" + judge + ", " + threshold + ")";
  }
}
