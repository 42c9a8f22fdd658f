package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import java.util.Optional;

/** Asks in both orders and goes with what is likeliest by the mean of both. */
final class AveragedOrdersJudge implements Judge {

  private final Judge judge;

  AveragedOrdersJudge(Judge judge) {
    this.judge = requireNonNull(judge, "judge");
  }

  @Override
  public Judgment compare(Comparison comparison) {
    AskedTwice asked = AskedTwice.of(judge, comparison);
    Optional<Probabilities> mean = asked.average();
    Verdict verdict =
        mean.isPresent() && isBelief(asked.ab()) && isBelief(asked.shownBa())
            ? likeliest(mean.get())
            : BothOrdersJudge.combine(asked.ab().verdict(), asked.ba(), WeakPolicy.UNDECIDED);
    return new Judgment(verdict, asked.rationale(verdict), asked.traces(), mean);
  }

  /** Whether the probabilities stand for themselves: an even belief is one, a failure is none. */
  private static boolean isBelief(Judgment judgment) {
    return judgment.verdict().fold(p -> true, cause -> cause == Cause.INCONSISTENT);
  }

  private static Verdict likeliest(Probabilities mean) {
    return mean.likeliest().map(Verdict::decided).orElse(Verdict.undecided(Cause.INCONSISTENT));
  }

  @Override
  public void close() {
    judge.close();
  }

  @Override
  public String toString() {
    return "averagedOrders(" + judge + ")";
  }
}
