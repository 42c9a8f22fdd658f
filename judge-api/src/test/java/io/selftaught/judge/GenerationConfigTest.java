package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationConfigTest {

  private final GenerationConfig full =
      GenerationConfig.builder()
          .maxTokens(7)
          .temperature(0.7)
          .topP(0.9)
          .samples(3)
          .seed(42)
          .stop("END")
          .choices("yes", "no")
          .logProbabilities(true)
          .build();

  @Test
  void defaults_areGreedyDecodingOfOneFreeSample() {
    GenerationConfig config = GenerationConfig.builder().build();

    assertThat(config).isEqualTo(GenerationConfig.greedy(512));
    assertThat(config.temperature()).isZero();
    assertThat(config.topP()).isEqualTo(1);
    assertThat(config.samples()).isEqualTo(1);
    assertThat(config.stop()).isEmpty();
    assertThat(config.choices()).isEmpty();
    assertThat(config.logProbabilities()).isFalse();
  }

  @Test
  void toBuilder_keepsEverySetting() {
    assertThat(full.toBuilder().build()).isEqualTo(full).hasSameHashCodeAs(full);
    assertThat(full)
        .hasToString(
            "maxTokens=7 temperature=0.7 topP=0.9 samples=3 seed=42 stop=[END] choices=[yes, no]"
                + " logProbabilities=true");
  }

  @Test
  void equals_anySettingDiffers_isFalse() {
    assertThat(full)
        .isNotEqualTo(full.toBuilder().maxTokens(8).build())
        .isNotEqualTo(full.toBuilder().temperature(0.8).build())
        .isNotEqualTo(full.toBuilder().topP(0.8).build())
        .isNotEqualTo(full.toBuilder().samples(4).build())
        .isNotEqualTo(full.toBuilder().seed(43).build())
        .isNotEqualTo(full.toBuilder().stop("STOP").build())
        .isNotEqualTo(full.toBuilder().choices("yes").build())
        .isNotEqualTo(full.toBuilder().logProbabilities(false).build());
  }

  @Test
  void equals_stopTextsThatPrintAlike_isFalse() {
    assertThat(GenerationConfig.builder().stop("a, b").build())
        .isNotEqualTo(GenerationConfig.builder().stop("a", "b").build());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 100.1, Double.NaN, Double.POSITIVE_INFINITY})
  void temperature_outOfRange_isRefused(double temperature) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GenerationConfig.builder().temperature(temperature))
        .withMessage("temperature must be between 0.0 and 100.0, was " + temperature);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1.1, Double.NaN})
  void topP_outOfRange_isRefused(double topP) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GenerationConfig.builder().topP(topP))
        .withMessage("topP must be above 0 and at most 1.0, was " + topP);
  }

  @Test
  void countsAndTexts_outOfRange_areRefused() {
    GenerationConfig.Builder builder = GenerationConfig.builder();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.maxTokens(0))
        .withMessage("maxTokens must be at least 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.samples(0))
        .withMessage("samples must be at least 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.stop(""))
        .withMessage("stop must not hold an empty text");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.choices("yes", ""));
    assertThatNullPointerException().isThrownBy(() -> builder.stop((String) null));
  }
}
