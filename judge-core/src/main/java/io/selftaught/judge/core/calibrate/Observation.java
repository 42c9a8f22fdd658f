package io.selftaught.judge.core.calibrate;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Probabilities;
import java.util.Optional;

/**
 * What a judge held likely, and what was right.
 *
 * @param said the judge's probabilities
 * @param label the right preference
 */
public record Observation(Probabilities said, Preference label) {

  public Observation {
    requireNonNull(said, "said");
    requireNonNull(label, "label");
  }

  /** Returns the observation of a judgment; nothing if it has no probabilities. */
  public static Optional<Observation> of(Judgment judgment, Preference label) {
    return judgment.probabilities().map(said -> new Observation(said, label));
  }

  /** Whether both answers are as good and the judge was not allowed to say so. */
  boolean isUnsayableTie() {
    return label == Preference.TIE && said.tie() == 0;
  }
}
