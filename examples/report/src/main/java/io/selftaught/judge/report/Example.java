package io.selftaught.judge.report;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A pair with what one or more judges said of it, to be shown side by side.
 *
 * @param comparison what was judged
 * @param preferred the right verdict, where it is known
 * @param judgments the judgments, by the name of the judge, in the order of showing; not empty
 */
public record Example(
    Comparison comparison, Optional<Preference> preferred, Map<String, Judgment> judgments) {

  public Example {
    requireNonNull(comparison, "comparison");
    requireNonNull(preferred, "preferred");
    judgments = Collections.unmodifiableMap(new LinkedHashMap<>(judgments));
    if (judgments.isEmpty()) {
      throw new IllegalArgumentException("judgments must not be empty");
    }
  }

  /** Returns an example of what self-training changed. */
  public static Example of(
      Comparison comparison, Preference preferred, Judgment bySeed, Judgment byTrained) {
    Map<String, Judgment> judgments = new LinkedHashMap<>();
    judgments.put("Seed judge", bySeed);
    judgments.put("Trained judge", byTrained);
    return new Example(comparison, Optional.of(preferred), judgments);
  }
}
