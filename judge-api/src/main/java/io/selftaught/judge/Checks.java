package io.selftaught.judge;

import java.util.List;

/** Argument checks that name the parameter, the value and the legal range. */
final class Checks {

  private Checks() {}

  static long atLeast(String name, long value, long min) {
    if (value < min) {
      throw new IllegalArgumentException(name + " must be at least " + min + ", was " + value);
    }
    return value;
  }

  static int atLeast(String name, int value, int min) {
    return (int) atLeast(name, (long) value, min);
  }

  /** Checks {@code min <= value <= max}; a NaN is outside every range. */
  static double inRange(String name, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          name + " must be between " + min + " and " + max + ", was " + value);
    }
    return value;
  }

  /** Checks {@code 0 < value <= max}; a NaN is refused. */
  static double positive(String name, double value, double max) {
    if (!(value > 0 && value <= max)) {
      throw new IllegalArgumentException(
          name + " must be above 0 and at most " + max + ", was " + value);
    }
    return value;
  }

  /** Checks {@code 0 <= value < 1}; a NaN is refused. */
  static double belowOne(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be from 0 to below 1, was " + value);
    }
    return value;
  }

  static String notBlank(String name, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
    return value;
  }

  static <T> List<T> notEmpty(String name, List<T> value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
    return List.copyOf(value);
  }
}
