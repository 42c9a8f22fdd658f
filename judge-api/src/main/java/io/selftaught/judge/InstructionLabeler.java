package io.selftaught.judge;

/** First stage: labels instructions by kind and difficulty. Safe for use by several threads. */
@FunctionalInterface
public interface InstructionLabeler {

  /**
   * Returns the instruction with its labels, or why it has none.
   *
   * @param seed the only source of chance
   * @throws ModelException if the model behind it failed
   */
  Outcome<LabeledInstruction> label(Instruction instruction, long seed);
}
