package io.selftaught.judge.quickstart.world;

/** What the model is asked to do in a lesson. */
public enum Job {
  /** Answer an instruction. */
  ANSWER,
  /** Write another instruction like a given one. */
  RELATED,
  /** Say of what kind an instruction is. */
  LABEL,
  /** Say which of two answers is better. */
  JUDGE
}
