package io.selftaught.judge.core.eval;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Preference;

/**
 * A comparison whose right verdict is known.
 *
 * @param id unique in its set, not blank
 * @param source where it comes from; may be empty
 * @param category the group that figures are also given for; may be empty
 * @param comparison what is judged
 * @param preferred the right verdict
 */
public record LabeledComparison(
    String id, String source, String category, Comparison comparison, Preference preferred) {

  public LabeledComparison {
    if (requireNonNull(id, "id").isBlank()) {
      throw new IllegalArgumentException("id must not be blank");
    }
    requireNonNull(source, "source");
    requireNonNull(category, "category");
    requireNonNull(comparison, "comparison");
    requireNonNull(preferred, "preferred");
  }
}
