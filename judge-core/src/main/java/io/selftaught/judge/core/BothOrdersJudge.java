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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks in both orders and keeps what they agree on. */
final class BothOrdersJudge implements Judge {

  private final Judge judge;

  BothOrdersJudge(Judge judge) {
    this.judge = requireNonNull(judge, "judge");
  }

  @Override
  public Judgment compare(Comparison comparison) {
    Judgment ab = OrderedJudge.ask(judge, comparison, Order.AB);
    Judgment ba = OrderedJudge.ask(judge, comparison, Order.BA);
    Verdict verdict = combine(ab.verdict(), ba.verdict());
    List<Trace> traces = Stream.concat(ab.traces().stream(), ba.traces().stream()).toList();
    return new Judgment(verdict, rationale(verdict, ab, ba), traces, average(ab, ba));
  }

  static Verdict combine(Verdict ab, Verdict ba) {
    Optional<Cause> cause =
        Stream.of(ab, ba).flatMap(v -> v.cause().stream()).max(Comparator.naturalOrder());
    if (cause.isPresent()) {
      return Verdict.undecided(cause.get());
    }
    return ab.equals(ba) ? ab : Verdict.undecided(Cause.INCONSISTENT);
  }

  /** Returns what both orders together hold likely, if both say. */
  static Optional<Probabilities> average(Judgment ab, Judgment ba) {
    return ab.probabilities().flatMap(p -> ba.probabilities().map(p::averagedWith));
  }

  private static String rationale(Verdict verdict, Judgment ab, Judgment ba) {
    return verdict.fold(
        preference -> ab.rationale().isBlank() ? ba.rationale() : ab.rationale(), cause -> "");
  }

  @Override
  public void close() {
    judge.close();
  }

  @Override
  public String toString() {
    return "bothOrders(" + judge + ")";
  }
}
