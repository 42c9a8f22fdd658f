package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingConfigTest {

  @ParameterizedTest
  @MethodSource("changes")
  void toBuilder_keepsEverySettingAndEqualsSeesEachChange(
      UnaryOperator<TrainingConfig.Builder> change) {
    TrainingConfig defaults = TrainingConfig.builder().build();
    TrainingConfig changed = change.apply(TrainingConfig.builder()).build();

    assertThat(changed).isNotEqualTo(defaults);
    assertThat(changed.toBuilder().build()).isEqualTo(changed).hasSameHashCodeAs(changed);
  }

  static Stream<UnaryOperator<TrainingConfig.Builder>> changes() {
    return Stream.of(
        builder -> builder.learningRate(0.5),
        builder -> builder.finalLearningRateRatio(0.5),
        builder -> builder.warmupSteps(50),
        builder -> builder.epochs(5),
        builder -> builder.batchSize(5),
        builder -> builder.maxTokens(5),
        builder -> builder.weightDecay(0.5),
        builder -> builder.beta1(0.5),
        builder -> builder.beta2(0.5),
        builder -> builder.maxGradientNorm(5),
        builder -> builder.seed(5),
        builder -> builder.checkpointSteps(5));
  }

  @ParameterizedTest
  @MethodSource("illegal")
  void setting_outOfRange_isRefused(UnaryOperator<TrainingConfig.Builder> change) {
    assertThatIllegalArgumentException().isThrownBy(() -> change.apply(TrainingConfig.builder()));
  }

  static Stream<UnaryOperator<TrainingConfig.Builder>> illegal() {
    return Stream.of(
        builder -> builder.learningRate(0),
        builder -> builder.learningRate(Double.NaN),
        builder -> builder.finalLearningRateRatio(1.1),
        builder -> builder.warmupSteps(-1),
        builder -> builder.epochs(0),
        builder -> builder.batchSize(0),
        builder -> builder.maxTokens(1),
        builder -> builder.weightDecay(-0.1),
        builder -> builder.beta1(1),
        builder -> builder.beta2(-0.1),
        builder -> builder.maxGradientNorm(0),
        builder -> builder.maxGradientNorm(Double.POSITIVE_INFINITY),
        builder -> builder.checkpointSteps(0));
  }

  @Test
  void learningRate_zero_namesTheLegalRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingConfig.builder().learningRate(0))
        .withMessage("learningRate must be above 0 and at most 1.0, was 0.0");
  }
}
