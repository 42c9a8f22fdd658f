package io.selftaught.judge.core.score;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict.Cause;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a scorer makes of one answer.
 *
 * @param readings every asking of the model, in the order of asking, at least one
 */
public record Score(List<Reading> readings) {

  public Score {
    readings = List.copyOf(readings);
    if (readings.isEmpty()) {
      throw new IllegalArgumentException("readings must not be empty");
    }
  }

  /**
   * Returns the mean mark; nothing if fewer than half of the readings have one. A reading without a
   * mark counts for nothing, and {@link #unread} tells how many there are.
   */
  public OptionalDouble mean() {
    return 2 * unread() > readings.size()
        ? OptionalDouble.empty()
        : readings.stream().flatMap(r -> r.mark().stream()).mapToInt(mark -> mark).average();
  }

  /** Returns the readings without a mark. */
  public int unread() {
    return (int) readings.stream().filter(reading -> reading.mark().isEmpty()).count();
  }

  /** Returns the tokens that all askings took together. */
  public Usage usage() {
    return readings.stream().map(Reading::usage).reduce(Usage.NONE, Usage::plus);
  }

  /**
   * One asking of the model.
   *
   * @param text what the model wrote, or the message of the error
   * @param mark the mark that was read from it, if it has one
   * @param cause why there is no mark; nothing if there is
   * @param usage the tokens that it took
   */
  public record Reading(String text, Optional<Integer> mark, Optional<Cause> cause, Usage usage) {
    public Reading {
      requireNonNull(text, "text");
      requireNonNull(usage, "usage");
      if (mark.isPresent() == cause.isPresent()) {
        throw new IllegalArgumentException(
            "either mark or cause must be there, were " + mark + " and " + cause);
      }
    }
  }
}
