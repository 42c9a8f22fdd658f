package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProbabilitiesTest {

  @Test
  void new_notAddingUpToOne_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Probabilities(0.5, 0, 0.4));
    assertThatIllegalArgumentException().isThrownBy(() -> new Probabilities(-0.1, 0.1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Probabilities(Double.NaN, 0, 1));
  }

  @Test
  void ofWeights_anyScale_keepsTheirRatios() {
    assertThat(Probabilities.ofWeights(3, 0, 1)).isEqualTo(new Probabilities(0.75, 0, 0.25));
    assertThat(Probabilities.ofWeights(1e308, 1e308, 0).a()).isEqualTo(0.5);
    assertThat(Probabilities.ofWeights(0, 0, 1e-308).b()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> Probabilities.ofWeights(0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Probabilities.ofWeights(1, -1, 0));
  }

  @Test
  void likeliest_twoLeadAlike_isNothing() {
    assertThat(new Probabilities(0.2, 0.1, 0.7).likeliest()).contains(Preference.B);
    assertThat(new Probabilities(0.2, 0.6, 0.2).likeliest()).contains(Preference.TIE);
    assertThat(new Probabilities(0.5, 0, 0.5).likeliest()).isEmpty();
  }

  @Test
  void swapped_exchangesTheAnswersOnly() {
    assertThat(new Probabilities(0.2, 0.1, 0.7).swapped())
        .isEqualTo(new Probabilities(0.7, 0.1, 0.2));
  }

  @Test
  void averagedWith_aLiking_forASlot_cancelsOut() {
    // The same judge with 1.2 in favour of whatever comes first, in logits.
    Probabilities first = Probabilities.ofWeights(Math.exp(0.5 + 1.2), 0, 1);
    Probabilities second = Probabilities.ofWeights(Math.exp(0.5 - 1.2), 0, 1);

    assertThat(first.averagedWith(second).a())
        .isCloseTo(Math.exp(0.5) / (1 + Math.exp(0.5)), within(1e-12));
  }

  @Test
  void averagedWith_oppositeCertainties_isEven() {
    Probabilities even = new Probabilities(1, 0, 0).averagedWith(new Probabilities(0, 0, 1));

    assertThat(even).isEqualTo(new Probabilities(0.5, 0, 0.5));
  }
}
