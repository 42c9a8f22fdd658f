package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How likely a judge holds each preference, in the letters of the caller. They add up to 1.
 *
 * <p>They are the judge's own belief. Whether they can be relied on as frequencies is a matter of
 * calibration.
 *
 * @param a the probability that a is better, 0 to 1
 * @param tie the probability that both are equally good, 0 to 1; 0 where ties are not offered
 * @param b the probability that b is better, 0 to 1
 */
public record Probabilities(double a, double tie, double b) {

  private static final double ROUNDING = 1e-6;

  /** What counts as impossible is still this likely where two beliefs are averaged. */
  private static final double LEAST = 1e-9;

  public Probabilities {
    Checks.inRange("a", a, 0, 1);
    Checks.inRange("tie", tie, 0, 1);
    Checks.inRange("b", b, 0, 1);
    Checks.inRange("a + tie + b", a + tie + b, 1 - ROUNDING, 1 + ROUNDING);
  }

  /**
   * Returns the probabilities that are to each other as the weights.
   *
   * @throws IllegalArgumentException if a weight is negative or not finite, or all are 0
   */
  public static Probabilities ofWeights(double a, double tie, double b) {
    for (double weight : new double[] {a, tie, b}) {
      Checks.inRange("weight", weight, 0, Double.MAX_VALUE);
    }
    // Scaled first, so that a sum of huge weights stays finite.
    double scale =
        Checks.positive("largest weight", Math.max(a, Math.max(tie, b)), Double.MAX_VALUE);
    double sum = a / scale + tie / scale + b / scale;
    return new Probabilities(a / scale / sum, tie / scale / sum, b / scale / sum);
  }

  /** Returns the probability of a preference. */
  public double of(Preference preference) {
    return switch (requireNonNull(preference, "preference")) {
      case A -> a;
      case TIE -> tie;
      case B -> b;
    };
  }

  /** Returns the same belief after the two answers have changed places. */
  public Probabilities swapped() {
    return new Probabilities(b, tie, a);
  }

  /** Returns the likeliest preference; nothing if two are equally likely and lead. */
  public Optional<Preference> likeliest() {
    List<Preference> leaders =
        Arrays.stream(Preference.values()).filter(p -> of(p) == confidence()).toList();
    return leaders.size() == 1 ? Optional.of(leaders.get(0)) : Optional.empty();
  }

  /** Returns the probability of the likeliest preference, from 1/3 to 1. */
  public double confidence() {
    return Math.max(a, Math.max(tie, b));
  }

  /**
   * Returns the mean of two beliefs in logarithms: of a judge asked in both orders, in which the
   * weight that it gives to a place in the order cancels out.
   */
  public Probabilities averagedWith(Probabilities other) {
    return ofWeights(mean(a, other.a), mean(tie, other.tie), mean(b, other.b));
  }

  private static double mean(double x, double y) {
    return x == 0 && y == 0 ? 0 : Math.sqrt(Math.max(x, LEAST) * Math.max(y, LEAST));
  }
}
