package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressEventTest {

  @Test
  void metrics_areCopiedInAStableOrder() {
    Map<String, Double> metrics = new HashMap<>(Map.of("tokens/s", 250.0, "loss", 1.5));
    ProgressEvent event = new ProgressEvent("fine-tune", 1, 2, 10, metrics);
    metrics.clear();

    assertThat(event.metrics()).hasToString("{loss=1.5, tokens/s=250.0}");
  }

  @Test
  void counts_outOfRange_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProgressEvent("annotate", 0, 3, 2, Map.of()))
        .withMessage("total must be at least 3, was 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProgressEvent("annotate", -1, 0, 0, Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProgressEvent("annotate", 0, -1, 0, Map.of()));
  }

  @Test
  void metric_notFinite_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProgressEvent("fine-tune", 1, 0, 1, Map.of("loss", Double.NaN)))
        .withMessageStartingWith("loss must be between");
  }
}
