package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreferenceTest {

  @Test
  void swapped_exchangesTheAnswersAndKeepsATie() {
    assertThat(Preference.A.swapped()).isEqualTo(Preference.B);
    assertThat(Preference.B.swapped()).isEqualTo(Preference.A);
    assertThat(Preference.TIE.swapped()).isEqualTo(Preference.TIE);
  }

  @ParameterizedTest
  @EnumSource
  void order_translatesLettersOnlyWhereTheAnswersWereExchanged(Preference preference) {
    assertThat(Order.AB.apply(preference)).isEqualTo(preference);
    assertThat(Order.BA.apply(preference)).isEqualTo(preference.swapped());
    assertThat(Order.AB.reversed()).isEqualTo(Order.BA);
    assertThat(Order.BA.reversed()).isEqualTo(Order.AB);
  }
}
