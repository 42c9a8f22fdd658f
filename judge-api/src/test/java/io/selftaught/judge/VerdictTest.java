package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.selftaught.judge.Verdict.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {

  @ParameterizedTest
  @EnumSource
  void decided_everyPreference_hasThatPreferenceAndNoCause(Preference preference) {
    Verdict verdict = Verdict.decided(preference);

    assertThat(verdict.preference()).contains(preference);
    assertThat(verdict.cause()).isEmpty();
    assertThat(verdict.swapped()).isEqualTo(Verdict.decided(preference.swapped()));
    assertThat(verdict).hasToString(preference.name());
    assertThat(verdict.<String>fold(p -> "decided " + p, c -> "undecided " + c))
        .isEqualTo("decided " + preference);
  }

  @ParameterizedTest
  @EnumSource
  void undecided_everyCause_isNoPreferenceEvenAfterASwap(Cause cause) {
    Verdict verdict = Verdict.undecided(cause);

    assertThat(verdict.preference()).isEmpty();
    assertThat(verdict.cause()).contains(cause);
    assertThat(verdict.swapped()).isEqualTo(verdict);
    assertThat(verdict).hasToString(cause.name());
    assertThat(verdict.<String>fold(p -> "decided " + p, c -> "undecided " + c))
        .isEqualTo("undecided " + cause);
  }

  @Test
  void null_isNoVerdict() {
    assertThatNullPointerException().isThrownBy(() -> Verdict.decided(null));
    assertThatNullPointerException().isThrownBy(() -> Verdict.undecided(null));
  }
}
