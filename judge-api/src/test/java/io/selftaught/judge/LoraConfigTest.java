package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoraConfigTest {

  @Test
  void defaults_adaptAllSevenProjectionsInAStableOrder() {
    assertThat(LoraConfig.builder().build())
        .hasToString(
            "rank=16 alpha=32.0 dropout=0.0 targetModules="
                + "[down_proj, gate_proj, k_proj, o_proj, q_proj, up_proj, v_proj]");
  }

  @Test
  void toBuilder_keepsEverySetting() {
    LoraConfig config =
        LoraConfig.builder().rank(4).alpha(8).dropout(0.1).targetModules(Set.of("q_proj")).build();

    assertThat(config.toBuilder().build()).isEqualTo(config).hasSameHashCodeAs(config);
    assertThat(config)
        .isNotEqualTo(config.toBuilder().rank(5).build())
        .isNotEqualTo(config.toBuilder().alpha(9).build())
        .isNotEqualTo(config.toBuilder().dropout(0).build())
        .isNotEqualTo(config.toBuilder().targetModules(Set.of("k_proj")).build());
  }

  @Test
  void targetModules_inAnyOrder_areTheSameSettings() {
    Set<String> modules = new LinkedHashSet<>(List.of("v_proj", "q_proj"));
    LoraConfig config = LoraConfig.builder().targetModules(modules).build();
    modules.clear();

    assertThat(config)
        .isEqualTo(LoraConfig.builder().targetModules(Set.of("q_proj", "v_proj")).build());
    assertThat(config.targetModules()).containsExactly("q_proj", "v_proj");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> config.targetModules().clear());
  }

  @Test
  void settings_outOfRange_areRefused() {
    LoraConfig.Builder builder = LoraConfig.builder();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.rank(0))
        .withMessage("rank must be at least 1, was 0");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.alpha(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.alpha(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.dropout(1))
        .withMessage("dropout must be from 0 to below 1, was 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.targetModules(Set.of()))
        .withMessage("targetModules must not be empty");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.targetModules(Set.of(" ")));
  }
}
