package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict.Cause;

/** Shows a judge no answer that is longer than the limit. */
final class LimitedJudge implements Judge {

  private final Judge judge;
  private final AnswerLimit limit;

  LimitedJudge(Judge judge, AnswerLimit limit) {
    this.judge = requireNonNull(judge, "judge");
    this.limit = requireNonNull(limit, "limit");
  }

  @Override
  public Judgment compare(Comparison comparison) {
    return limit
        .objection(comparison)
        .map(objection -> Judgments.undecided(Cause.FAILED, objection, Usage.NONE))
        .orElseGet(() -> judge.compare(limit.applyTo(comparison)));
  }

  @Override
  public void close() {
    judge.close();
  }

  @Override
  public String toString() {
    return "limited(" + judge + ", " + limit + ")";
  }
}
