package io.selftaught.judge;

/**
 * Third stage: makes a pair whose order is known by construction. Safe for use by several threads.
 */
@FunctionalInterface
public interface PairGenerator {

  /**
   * Returns a pair for an instruction, or why there is none. Never another text in place of one
   * that failed.
   *
   * @param seed the only source of chance
   * @throws ModelException if the model behind it failed
   */
  Outcome<LabeledPair> generate(LabeledInstruction instruction, long seed);
}
