package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

class OutcomeTest {

  @Test
  void kept_holdsItsValue() {
    Outcome<String> kept = Outcome.kept("pair");

    assertThat(kept.value()).contains("pair");
    assertThat(kept.<String>fold(value -> value, Outcome.Dropped::reason)).isEqualTo("pair");
  }

  @Test
  void dropped_holdsReasonAndDetailAndNoValue() {
    Outcome<String> dropped = Outcome.dropped("same instruction", "x' = x");

    assertThat(dropped.value()).isEmpty();
    assertThat(dropped.<String>fold(value -> value, d -> d.reason() + ": " + d.detail()))
        .isEqualTo("same instruction: x' = x");
  }

  @Test
  void dropped_withoutReason_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Outcome.dropped(" ", "detail"))
        .withMessage("reason must not be blank");
    assertThatNullPointerException().isThrownBy(() -> Outcome.kept(null));
  }
}
