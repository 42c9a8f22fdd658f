package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link InstructionLabeler} keeps to. Extend it beside the implementation. */
public abstract class InstructionLabelerContract {

  private static final Instruction INSTRUCTION =
      new Instruction("i1", "Prove that there are infinitely many primes.", "test");

  /** Returns the labeller under test, around {@code model}. */
  protected abstract InstructionLabeler labeler(LanguageModel model);

  /** Returns a reply from which the labeller reads labels. */
  protected abstract String readableReply();

  @Test
  void label_readableReply_keepsTheInstructionAsItWas() {
    Outcome<LabeledInstruction> outcome =
        labeler(ScriptedModel.saying(readableReply())).label(INSTRUCTION, 1);

    assertThat(outcome.value().map(LabeledInstruction::instruction)).contains(INSTRUCTION);
  }

  @Test
  void label_emptyReply_isDroppedNotGuessed() {
    assertThat(labeler(ScriptedModel.saying("")).label(INSTRUCTION, 1).value()).isEmpty();
  }

  @Test
  void label_sameSeed_givesTheSame() {
    InstructionLabeler labeler = labeler(ScriptedModel.rambling());

    assertThat(labeler.label(INSTRUCTION, 5)).isEqualTo(labeler.label(INSTRUCTION, 5));
  }

  @Test
  void label_modelFails_saysSo() {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> labeler(ScriptedModel.failing()).label(INSTRUCTION, 1));
  }

  @Test
  void label_manyThreads_eachKeepsItsOwnInstruction() throws InterruptedException {
    InstructionLabeler labeler = labeler(ScriptedModel.saying(readableReply()));

    List<String> ids = Concurrently.run(i -> labelledId(labeler, "i" + i));

    for (int i = 0; i < ids.size(); i++) {
      assertThat(ids.get(i)).isEqualTo("i" + i);
    }
  }

  private static String labelledId(InstructionLabeler labeler, String id) {
    Outcome<LabeledInstruction> outcome =
        labeler.label(new Instruction(id, "Count to " + id, ""), 1);
    return outcome.fold(labeled -> labeled.instruction().id(), Outcome.Dropped::reason);
  }

  @Test
  void label_null_isRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> labeler(ScriptedModel.saying(readableReply())).label(null, 1));
  }
}
