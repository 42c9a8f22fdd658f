package io.selftaught.judge.core;

/** What becomes of a jury's vote in which several preferences lead alike. */
public enum TiePolicy {
  /** There is no verdict: {@link io.selftaught.judge.Verdict.Cause#INCONSISTENT}. */
  UNDECIDED,
  /** The answers count as equal: {@link io.selftaught.judge.Preference#TIE}. */
  TIE,
  /** The first judge of the jury whose preference is among those in the lead decides. */
  FIRST_JUDGE
}
