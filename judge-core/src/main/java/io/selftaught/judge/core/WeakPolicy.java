package io.selftaught.judge.core;

/**
 * What becomes of two orders of which one prefers an answer and the other one holds both equal. It
 * never decides between two opposite answers.
 */
public enum WeakPolicy {
  /** There is no verdict: {@link io.selftaught.judge.Verdict.Cause#INCONSISTENT}. The default. */
  UNDECIDED,
  /** The answers count as equal: {@link io.selftaught.judge.Preference#TIE}. */
  TIE,
  /** The answer that one order prefers counts as preferred. */
  PREFERENCE
}
