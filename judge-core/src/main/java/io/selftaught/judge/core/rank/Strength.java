package io.selftaught.judge.core.rank;

/**
 * How strong a candidate is, in natural logarithms: of two candidates the one wins with the
 * probability {@code 1 / (1 + exp(other - one))}. 0 is the middle of the field.
 *
 * @param value the likeliest strength
 * @param low the lower end of its 95% interval
 * @param high the upper end of its 95% interval
 */
public record Strength(double value, double low, double high) {

  /** Returns the strength on the scale of Elo, where 400 points are odds of ten to one. */
  public double elo() {
    return value * 400 / Math.log(10);
  }
}
