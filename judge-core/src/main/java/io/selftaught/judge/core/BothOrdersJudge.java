package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks in both orders and keeps what they agree on. */
final class BothOrdersJudge implements Judge {

  private static final Verdict INCONSISTENT = Verdict.undecided(Cause.INCONSISTENT);

  private final Judge judge;
  private final WeakPolicy policy;

  BothOrdersJudge(Judge judge, WeakPolicy policy) {
    this.judge = requireNonNull(judge, "judge");
    this.policy = requireNonNull(policy, "policy");
  }

  @Override
  public Judgment compare(Comparison comparison) {
    AskedTwice asked = AskedTwice.of(judge, comparison);
    Verdict verdict = combine(asked.ab().verdict(), asked.ba(), policy);
    return new Judgment(verdict, asked.rationale(verdict), asked.traces(), asked.average());
  }

  static Verdict combine(Verdict ab, Verdict ba, WeakPolicy policy) {
    Optional<Cause> cause =
        Stream.of(ab, ba).flatMap(v -> v.cause().stream()).max(Comparator.naturalOrder());
    if (cause.isPresent()) {
      return Verdict.undecided(cause.get());
    }
    if (ab.equals(ba)) {
      return ab;
    }
    Optional<Preference> lean = lean(ab, ba);
    return switch (policy) {
      case PREFERENCE -> lean.map(Verdict::decided).orElse(INCONSISTENT);
      case TIE -> lean.isPresent() ? Verdict.decided(Preference.TIE) : INCONSISTENT;
      case UNDECIDED -> INCONSISTENT;
    };
  }

  /** Returns the answer that one order prefers where the other one holds both equal. */
  static Optional<Preference> lean(Verdict ab, Verdict ba) {
    List<Preference> preferred =
        Stream.of(ab, ba)
            .flatMap(verdict -> verdict.preference().stream())
            .filter(preference -> preference != Preference.TIE)
            .toList();
    boolean tie = Stream.of(ab, ba).anyMatch(Verdict.decided(Preference.TIE)::equals);
    return tie && preferred.size() == 1 ? Optional.of(preferred.get(0)) : Optional.empty();
  }

  @Override
  public void close() {
    judge.close();
  }

  @Override
  public String toString() {
    return "bothOrders(" + judge + (policy == WeakPolicy.UNDECIDED ? "" : ", " + policy) + ")";
  }
}
