package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Order;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks in both orders and goes with what is likeliest by the mean of both. */
final class AveragedOrdersJudge implements Judge {

  private final Judge judge;

  AveragedOrdersJudge(Judge judge) {
    this.judge = requireNonNull(judge, "judge");
  }

  @Override
  public Judgment compare(Comparison comparison) {
    Judgment ab = OrderedJudge.ask(judge, comparison, Order.AB);
    Judgment ba = OrderedJudge.ask(judge, comparison, Order.BA);
    Optional<Probabilities> mean = BothOrdersJudge.average(ab, ba);
    Verdict verdict =
        mean.isPresent() && isBelief(ab) && isBelief(ba)
            ? likeliest(mean.get())
            : BothOrdersJudge.combine(ab.verdict(), ba.verdict(), WeakPolicy.UNDECIDED);
    List<Trace> traces = Stream.concat(ab.traces().stream(), ba.traces().stream()).toList();
    return new Judgment(verdict, BothOrdersJudge.rationale(verdict, ab, ba), traces, mean);
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
