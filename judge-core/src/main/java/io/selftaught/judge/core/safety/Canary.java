package io.selftaught.judge.core.safety;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Preference;

/**
 * A comparison whose right verdict nobody can doubt.
 *
 * @param kind what is wrong with the worse answer, in a word or two; reports count by it
 * @param comparison the question
 * @param expected the better answer, A or B
 */
public record Canary(String kind, Comparison comparison, Preference expected) {

  public Canary {
    requireNonNull(comparison, "comparison");
    if (requireNonNull(kind, "kind").isBlank()) {
      throw new IllegalArgumentException("kind must not be blank");
    }
    if (requireNonNull(expected, "expected") == Preference.TIE) {
      throw new IllegalArgumentException("expected must be A or B, was TIE");
    }
  }
}
