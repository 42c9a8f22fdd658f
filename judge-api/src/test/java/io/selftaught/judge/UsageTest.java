package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class UsageTest {

  @Test
  void plus_knownUsages_addsThem() {
    assertThat(Usage.of(3, 4).plus(Usage.of(10, 20)).plus(Usage.NONE)).isEqualTo(Usage.of(13, 24));
  }

  @Test
  void plus_unknownPart_isUnknownNotZero() {
    assertThat(Usage.of(3, 4).plus(Usage.UNKNOWN)).isEqualTo(Usage.UNKNOWN);
    assertThat(Usage.UNKNOWN.promptTokens()).isEmpty();
    assertThat(Usage.UNKNOWN).isNotEqualTo(Usage.NONE);
  }

  @Test
  void plus_overflow_isAnErrorNotANegativeCount() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Usage.of(Long.MAX_VALUE, 0).plus(Usage.of(1, 0)));
  }

  @Test
  void of_negativeCount_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Usage.of(-1, 0))
        .withMessage("promptTokens must be at least 0, was -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Usage.of(0, -2))
        .withMessage("completionTokens must be at least 0, was -2");
  }

  @Test
  void toString_isReadable() {
    assertThat(Usage.of(3, 4)).hasToString("3 prompt + 4 completion tokens");
    assertThat(Usage.UNKNOWN).hasToString("unknown prompt + unknown completion tokens");
  }
}
