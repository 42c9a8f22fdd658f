package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabeledPairTest {

  private static final Instruction INSTRUCTION = new Instruction("i1", "Name a prime.", "");

  @Test
  void comparison_showsTheChosenAnswerFirstInOrderAb() {
    LabeledPair pair = pair("7", "8");

    assertThat(pair.comparison(Order.AB)).isEqualTo(Comparison.of("Name a prime.", "7", "8"));
    assertThat(pair.comparison(Order.BA)).isEqualTo(Comparison.of("Name a prime.", "8", "7"));
  }

  @Test
  void answers_equalOrBlank_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pair("7", "7"))
        .withMessageContaining("must differ in pair p1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pair(" ", "7"))
        .withMessage("chosen must not be blank");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pair("7", ""))
        .withMessage("rejected must not be blank");
  }

  @Test
  void provenance_isCopiedInAStableOrderWithoutNulls() {
    Map<String, String> provenance = new HashMap<>(Map.of("seed", "1", "model", "m"));
    LabeledPair pair = new LabeledPair("p1", INSTRUCTION, "7", "8", provenance);
    provenance.put("late", "x");

    assertThat(pair.provenance()).hasToString("{model=m, seed=1}");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> pair.provenance().clear());
    provenance.put("nothing", null);
    assertThatNullPointerException()
        .isThrownBy(() -> new LabeledPair("p1", INSTRUCTION, "7", "8", provenance));
  }

  private static LabeledPair pair(String chosen, String rejected) {
    return new LabeledPair("p1", INSTRUCTION, chosen, rejected, Map.of());
  }
}
