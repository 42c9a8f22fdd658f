package io.selftaught.judge.core.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "3 | 3000",
        "' 1.5 ' | 1500",
        "999999999999999999 | 31536000000",
        "Sun, 01 Mar 2026 12:00:20 GMT | 20000",
        "Sun, 01 Mar 2026 11:00:00 GMT | 0"
      })
  void parse_secondsOrDate_isATime(String value, long millis) {
    assertThat(RetryAfter.parse(value, NOW)).hasValue(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "-1", "NaN", "1e9", "9999999999999999999999", "Sun, 99 Mar 2026"})
  void parse_anythingElse_isNothing(String value) {
    assertThat(RetryAfter.parse(value, NOW)).isEmpty();
  }
}
