package io.selftaught.judge.quickstart.world;

/** What the model is asked to do in a lesson. */
public enum Job {
  /** Say something after somebody: no task, but what all others are learnt from. */
  COPY,
  /** Answer an instruction. */
  ANSWER,
  /** Answer an instruction and say who else gives that answer. */
  QUIZ,
  /** Write another instruction like a given one. */
  RELATED,
  /** Say of what kind an instruction is. */
  LABEL,
  /** Say which of two answers is better. */
  JUDGE
}
