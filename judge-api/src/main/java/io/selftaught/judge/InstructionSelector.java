package io.selftaught.judge;

import java.util.List;

/** Second stage: chooses the instructions that a round is trained on. */
@FunctionalInterface
public interface InstructionSelector {

  /**
   * Returns the chosen instructions, a subset of {@code pool}, in the order they should be worked
   * on.
   *
   * @param limit the most instructions to choose, ≥ 1
   * @param seed the only source of chance
   * @throws IllegalArgumentException if {@code limit} is below 1
   */
  List<LabeledInstruction> select(List<LabeledInstruction> pool, int limit, long seed);
}
