package io.selftaught.judge.core.safety;

import io.selftaught.judge.core.eval.Rate;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a judge did on canaries.
 *
 * @param byKind how many were right, of those that were answered, by {@link Canary#kind}; an
 *     undecided one is not right
 * @param failed those that could not be asked, which say nothing of the judge's verdicts
 */
public record CanaryReport(Map<String, Rate> byKind, int failed) {

  public CanaryReport {
    byKind = Collections.unmodifiableMap(new TreeMap<>(byKind));
  }

  /** Returns the share that was right, with its interval. */
  public Rate accuracy() {
    return new Rate(
        byKind.values().stream().mapToLong(Rate::hits).sum(),
        byKind.values().stream().mapToLong(Rate::of).sum());
  }

  /** Returns for instance {@code canaries right: 9/10 = 90.0% (59.6 to 98.2); empty 4/4, …}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("canaries right: ").append(accuracy());
    String separator = "; ";
    for (Map.Entry<String, Rate> entry : byKind.entrySet()) {
      Rate rate = entry.getValue();
      text.append(separator).append(entry.getKey());
      text.append(' ').append(rate.hits()).append('/').append(rate.of());
      separator = ", ";
    }
    return failed == 0 ? text.toString() : text.append("; failed: ").append(failed).toString();
  }
}
