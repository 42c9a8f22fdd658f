package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.core.prompt.Majority;
import java.util.Collections;
import java.util.List;

/** Asks several judges; the majority decides. */
final class JuryJudge implements Judge {

  private final TiePolicy policy;
  private final List<Judge> judges;

  JuryJudge(TiePolicy policy, List<Judge> judges) {
    this.policy = requireNonNull(policy, "policy");
    this.judges = List.copyOf(judges);
    if (judges.isEmpty()) {
      throw new IllegalArgumentException("judges must not be empty");
    }
  }

  @Override
  public Judgment compare(Comparison comparison) {
    List<Judgment> judgments = judges.stream().map(judge -> judge.compare(comparison)).toList();
    Verdict verdict = verdict(judgments.stream().map(Judgment::verdict).toList());
    return new Judgment(
        verdict,
        rationale(judgments, verdict),
        judgments.stream().flatMap(judgment -> judgment.traces().stream()).toList());
  }

  private Verdict verdict(List<Verdict> votes) {
    List<Verdict> decided = votes.stream().filter(v -> v.preference().isPresent()).toList();
    Verdict majority = Majority.of(votes);
    if (decided.isEmpty() || majority.preference().isPresent()) {
      return majority;
    }
    return switch (policy) {
      case UNDECIDED -> majority;
      case TIE -> Verdict.decided(Preference.TIE);
      case FIRST_JUDGE -> firstLeader(decided);
    };
  }

  private static Verdict firstLeader(List<Verdict> decided) {
    Verdict leader = decided.get(0);
    for (Verdict vote : decided) {
      if (Collections.frequency(decided, vote) > Collections.frequency(decided, leader)) {
        leader = vote;
      }
    }
    return leader;
  }

  /** Returns the reasons of the first judge that agrees with a decided verdict and gives any. */
  private static String rationale(List<Judgment> judgments, Verdict verdict) {
    return judgments.stream()
        .filter(j -> verdict.preference().isPresent() && j.verdict().equals(verdict))
        .map(Judgment::rationale)
        .filter(rationale -> !rationale.isBlank())
        .findFirst()
        .orElse("");
  }

  /** Closes all judges, also when one fails to. */
  @Override
  public void close() {
    closeFrom(0);
  }

  private void closeFrom(int index) {
    if (index < judges.size()) {
      try {
        judges.get(index).close();
      } finally {
        closeFrom(index + 1);
      }
    }
  }

  @Override
  public String toString() {
    return "jury(" + policy + ", " + judges + ")";
  }
}
