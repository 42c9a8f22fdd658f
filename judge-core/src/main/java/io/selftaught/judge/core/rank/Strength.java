package io.selftaught.judge.core.rank;

/**
 * How strong a candidate is, in natural logarithms: of two candidates the one wins with the
 * probability {@code 1 / (1 + exp(other - one))}. 0 is the mean of the field.
 *
 * @param value the likeliest distance from that mean
 * @param low the lower end of the 95% interval of that distance
 * @param high the upper end of it
 */
public record Strength(double value, double low, double high) {

  /** Returns the strength on the scale of Elo, where 400 points are odds of ten to one. */
  public double elo() {
    return value * 400 / Math.log(10);
  }
}
