package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Order;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import java.util.List;

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
        .map(LimitedJudge::refused)
        .orElseGet(() -> judge.compare(limit.applyTo(comparison)));
  }

  private static Judgment refused(String objection) {
    Verdict failed = Verdict.undecided(Cause.FAILED);
    return new Judgment(failed, "", List.of(new Trace(Order.AB, objection, failed, Usage.NONE)));
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
