package io.selftaught.judge.core.eval;

import io.selftaught.judge.core.data.JsonRecord;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * How many of how many. Of none there is no share: it is unknown, not zero.
 *
 * @param hits from 0 to {@code of}
 * @param of ≥ 0
 */
public record Rate(long hits, long of) {

  /** What 95% of a normal distribution are within, in standard deviations. */
  static final double Z = NormalDistribution.of(0, 1).inverseCumulativeProbability(1 - 0.05 / 2);

  public Rate {
    if (hits < 0 || hits > of) {
      throw new IllegalArgumentException("hits must be between 0 and " + of + ", was " + hits);
    }
  }

  /** Returns the share, from 0 to 1, unless it is of none. */
  public OptionalDouble value() {
    return of == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / of);
  }

  /** Returns the 95% score interval of Wilson (1927), unless it is of none. */
  public Optional<Interval> interval() {
    if (of == 0) {
      return Optional.empty();
    }
    double p = (double) hits / of;
    double shrink = 1 + Z * Z / of;
    double center = (p + Z * Z / (2 * of)) / shrink;
    double half = Z / shrink * Math.sqrt(p * (1 - p) / of + Z * Z / (4.0 * of * of));
    return Optional.of(new Interval(Math.max(0, center - half), Math.min(1, center + half)));
  }

  /** Returns this rate, its share and its interval as a record. */
  JsonRecord toJson() {
    JsonRecord.Builder json = JsonRecord.builder().put("hits", hits).put("of", of);
    value().ifPresent(value -> json.put("value", value));
    interval().ifPresent(interval -> json.put("low", interval.low()).put("high", interval.high()));
    return json.build();
  }

  /** Returns for instance {@code 61/87 = 70.1% (59.8 to 78.7)}. */
  @Override
  public String toString() {
    return interval()
        .map(
            interval ->
                String.format(
                    Locale.ROOT,
                    "%d/%d = %.1f%% (%.1f to %.1f)",
                    hits,
                    of,
                    100.0 * hits / of,
                    100 * interval.low(),
                    100 * interval.high()))
        .orElse("unknown (of none)");
  }

  /** Where a share can be expected to lie. */
  public record Interval(double low, double high) {}
}
