package io.selftaught.judge.core.eval;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** How many labelled pairs an answer takes, by the normal approximation, at 95% and two-sided. */
public final class SampleSize {

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final double Z = NORMAL.inverseCumulativeProbability(1 - 0.05 / 2);

  private SampleSize() {}

  /**
   * Returns the pairs that an accuracy must be measured on to be known within plus or minus a half
   * width. 385 pairs give 5 points about 50%.
   *
   * @param accuracy what is expected, from 0 to 1; 0.5 is the worst case
   * @param halfWidth greater than 0, below 1
   */
  public static long forHalfWidth(double accuracy, double halfWidth) {
    checkShare("accuracy", accuracy, 0, 1);
    checkInside("halfWidth", halfWidth);
    return (long) Math.ceil(accuracy * (1 - accuracy) * Z * Z / (halfWidth * halfWidth));
  }

  /**
   * Returns the pairs that two judges must both judge for a gain to be seen by {@link PairedTest}:
   * the formula of Connor (1987) for the test of McNemar.
   *
   * @param gain the difference of the accuracies, greater than 0, below 1
   * @param discordant the share of pairs on which just one of the two is right, from {@code gain}
   *     to 1; two judges that know nothing of each other reach 0.5
   * @param power the probability of seeing the gain, greater than 0, below 1; 0.8 is customary
   */
  public static long forGain(double gain, double discordant, double power) {
    checkInside("gain", gain);
    checkShare("discordant", discordant, gain, 1);
    checkInside("power", power);
    double root =
        Z * Math.sqrt(discordant)
            + NORMAL.inverseCumulativeProbability(power) * Math.sqrt(discordant - gain * gain);
    return (long) Math.ceil(root * root / (gain * gain));
  }

  private static void checkInside(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must lie between 0 and 1, was " + value);
    }
  }

  private static void checkShare(String name, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          "%s must be from %s to %s, was %s".formatted(name, low, high, value));
    }
  }
}
