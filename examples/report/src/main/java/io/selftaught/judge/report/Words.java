package io.selftaught.judge.report;

import io.selftaught.judge.core.eval.Rate;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Figures as people write them. */
final class Words {

  static final String UNKNOWN = "unknown";

  private Words() {}

  /** Returns {@code 70.1%}. */
  static String share(Rate rate) {
    return rate.value().isPresent() ? percent(rate.value().getAsDouble()) : UNKNOWN;
  }

  static String percent(double share) {
    return decimal("%.1f%%", 100 * share);
  }

  /** Returns {@code 61 of 87, 59.8 to 78.7%}. */
  static String detail(Rate rate) {
    return rate.interval()
        .map(
            interval ->
                "%d of %d, ".formatted(rate.hits(), rate.of())
                    + decimal("%.1f to %.1f%%", 100 * interval.low(), 100 * interval.high()))
        .orElse("of none");
  }

  static String number(OptionalDouble value, String format) {
    return value.isPresent() ? decimal(format, value.getAsDouble()) : UNKNOWN;
  }

  static String decimal(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Returns a duration in its two greatest units: {@code 1 h 12 min}. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (seconds < 10) {
      return decimal("%.1f s", seconds);
    } else if (whole < 60) {
      return whole + " s";
    } else if (whole < 3600) {
      return whole / 60 + " min " + whole % 60 + " s";
    }
    return whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }

  /** Returns {@code 12 cut, 3 empty}; a dash if there is nothing. */
  static String counts(Map<?, Long> counts) {
    return counts.isEmpty()
        ? "–"
        : counts.entrySet().stream()
            .map(count -> count.getValue() + " " + name(count.getKey()))
            .collect(Collectors.joining(", "));
  }

  /** Returns a constant's name as a word. */
  static String name(Object key) {
    return key instanceof Enum<?> constant
        ? constant.name().toLowerCase(Locale.ROOT).replace('_', ' ')
        : key.toString();
  }
}
