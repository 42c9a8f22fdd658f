package io.selftaught.judge.core;

import java.math.BigDecimal;

/**
 * What tokens cost, in a currency of the caller's.
 *
 * @param promptMillion the price of a million tokens read, not negative
 * @param completionMillion the price of a million tokens written, not negative
 */
public record Price(BigDecimal promptMillion, BigDecimal completionMillion) {

  public Price {
    checkNotNegative("promptMillion", promptMillion);
    checkNotNegative("completionMillion", completionMillion);
  }

  private static void checkNotNegative(String name, BigDecimal value) {
    if (value.signum() < 0) {
      throw new IllegalArgumentException(name + " must not be negative, was " + value);
    }
  }

  /** Returns the price of so many tokens. */
  BigDecimal of(long promptTokens, long completionTokens) {
    return promptMillion
        .multiply(BigDecimal.valueOf(promptTokens))
        .add(completionMillion.multiply(BigDecimal.valueOf(completionTokens)))
        .movePointLeft(6);
  }
}
