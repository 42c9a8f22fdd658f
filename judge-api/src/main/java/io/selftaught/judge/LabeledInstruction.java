package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

/** An instruction with its labels. */
public record LabeledInstruction(Instruction instruction, InstructionLabels labels) {

  public LabeledInstruction {
    requireNonNull(instruction, "instruction");
    requireNonNull(labels, "labels");
  }
}
