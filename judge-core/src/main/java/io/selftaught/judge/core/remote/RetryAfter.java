package io.selftaught.judge.core.remote;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Reads the Retry-After header: seconds or a date (RFC 9110, section 10.2.3). judge-djl has one of
 * its own: the two know only judge-api, which has no business with HTTP.
 */
final class RetryAfter {

  /** More than anybody waits for; keeps absurd values within what a duration can hold. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private RetryAfter() {}

  /** Returns the time to wait, at least zero; nothing if the value makes no sense. */
  static Optional<Duration> parse(String value, Instant now) {
    String text = value.strip();
    return text.matches("\\d{1,18}(\\.\\d{1,9})?") ? Optional.of(seconds(text)) : date(text, now);
  }

  /** Fractions are no part of the standard, but some servers send them. */
  private static Duration seconds(String text) {
    BigDecimal seconds = new BigDecimal(text).min(BigDecimal.valueOf(LONGEST.toSeconds()));
    return Duration.ofNanos(seconds.movePointRight(9).longValue());
  }

  private static Optional<Duration> date(String text, Instant now) {
    try {
      Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(now, then);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
