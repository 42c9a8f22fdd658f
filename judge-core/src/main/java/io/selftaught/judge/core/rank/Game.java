package io.selftaught.judge.core.rank;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Preference;

/**
 * One decided comparison of two candidates.
 *
 * @param a the index of the one that preferences call a
 * @param b the index of the other one
 * @param preferred who won
 */
public record Game(int a, int b, Preference preferred) {

  public Game {
    requireNonNull(preferred, "preferred");
    if (a < 0 || b < 0 || a == b) {
      throw new IllegalArgumentException(
          "a and b must be different indexes from 0, were " + a + " and " + b);
    }
  }

  /** Returns the points of the candidate called a: 1, 1/2 or 0. */
  double pointsOfA() {
    return switch (preferred) {
      case A -> 1;
      case TIE -> 0.5;
      case B -> 0;
    };
  }
}
