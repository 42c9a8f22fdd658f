package io.selftaught.judge.core.select;

import io.selftaught.judge.Instruction;
import io.selftaught.judge.InstructionLabeler;
import io.selftaught.judge.InstructionLabels;
import io.selftaught.judge.InstructionLabels.Category;
import io.selftaught.judge.InstructionLabels.ExpectedLength;
import io.selftaught.judge.LabeledInstruction;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Outcome;

/** Makes labelers of instructions. */
public final class InstructionLabelers {

  private InstructionLabelers() {}

  /** Returns a labeler that asks a model, with the defaults of {@link ModelLabeler}. */
  public static InstructionLabeler byModel(LanguageModel model) {
    return ModelLabeler.builder(model).build();
  }

  /**
   * Returns a labeler that tells nothing apart: every instruction is {@link Category#OTHER}, of
   * complexity 5 and answered in one paragraph. Selection is a plain seeded draw then.
   */
  public static InstructionLabeler none() {
    return new InstructionLabeler() {
      private final InstructionLabels same =
          new InstructionLabels(Category.OTHER, 5, ExpectedLength.ONE_PARAGRAPH);

      @Override
      public Outcome<LabeledInstruction> label(Instruction instruction, long seed) {
        return Outcome.kept(new LabeledInstruction(instruction, same));
      }

      @Override
      public String toString() {
        return "none";
      }
    };
  }
}
