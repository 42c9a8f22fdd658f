package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where long work stands.
 *
 * @param stage what is being done, such as {@code "annotate"} or {@code "fine-tune"}
 * @param round the round of self-training, from 1; 0 for work outside of rounds
 * @param done the steps that are finished
 * @param total the steps there are, ≥ {@code done}
 * @param metrics figures by name, such as {@code "loss"} or {@code "tokens/s"}; all finite
 */
public record ProgressEvent(
    String stage, int round, long done, long total, Map<String, Double> metrics) {

  public ProgressEvent {
    requireNonNull(stage, "stage");
    Checks.atLeast("round", round, 0);
    Checks.atLeast("done", done, 0);
    Checks.atLeast("total", total, done);
    metrics = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(metrics)));
    metrics.forEach(
        (name, value) -> Checks.inRange(name, value, -Double.MAX_VALUE, Double.MAX_VALUE));
  }
}
