package io.selftaught.judge.core;

import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.core.prompt.Majority;
import java.util.Collections;
import java.util.List;

/** What becomes of a vote, of samples or of a jury, in which several preferences lead alike. */
public enum TiePolicy {
  /** There is no verdict: {@link io.selftaught.judge.Verdict.Cause#INCONSISTENT}. The default. */
  UNDECIDED,
  /** The answers count as equal: {@link io.selftaught.judge.Preference#TIE}. */
  TIE,
  /**
   * The first sample, or judge of the jury, whose preference is among those in the lead decides.
   */
  FIRST;

  /**
   * Returns the {@link Majority} of votes, or what this policy makes of preferences that lead
   * alike. It never decides where no vote is decided.
   */
  Verdict decide(List<Verdict> votes) {
    Verdict majority = Majority.of(votes);
    List<Verdict> decided = votes.stream().filter(v -> v.preference().isPresent()).toList();
    if (decided.isEmpty() || majority.preference().isPresent()) {
      return majority;
    }
    return switch (this) {
      case UNDECIDED -> majority;
      case TIE -> Verdict.decided(Preference.TIE);
      case FIRST -> firstLeader(decided);
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
}
