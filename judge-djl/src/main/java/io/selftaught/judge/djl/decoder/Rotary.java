package io.selftaught.judge.djl.decoder;

import com.google.common.primitives.ImmutableDoubleArray;
import io.selftaught.judge.InvalidInputException;
import java.util.stream.IntStream;

/**
 * Rotary positions (Su et al. 2021): the angle by which each pair of dimensions of a head turns
 * from one position to the next.
 *
 * @param inverseFrequencies in radians, one a pair; what is behind the last pair is not turned
 * @param factor multiplies cosine and sine
 */
public record Rotary(ImmutableDoubleArray inverseFrequencies, double factor) {

  /** Checks that angles are above 0. */
  public Rotary {
    boolean positive = inverseFrequencies.stream().allMatch(f -> f > 0 && f < 1e6);
    if (!positive || inverseFrequencies.isEmpty() || !(factor > 0)) {
      throw new InvalidInputException(
          "Rotary frequencies must be above 0, were %s, times %s"
              .formatted(inverseFrequencies, factor));
    }
  }

  /** Returns {@code base ^ (-2i / dimensions)}. */
  public static Rotary unscaled(double base, int dimensions) {
    return divided(base, dimensions, i -> 1, 1);
  }

  /** Position interpolation (Chen et al. 2023): all positions are divided by a factor. */
  static Rotary linear(double base, int dimensions, double by) {
    return divided(base, dimensions, i -> by, 1);
  }

  /** Each frequency is divided by a number of its own: LongRoPE (Ding et al. 2024). */
  static Rotary divided(double base, int dimensions, PerPair divisor, double factor) {
    return new Rotary(
        ImmutableDoubleArray.copyOf(
            IntStream.range(0, dimensions / 2)
                .mapToDouble(i -> frequency(base, dimensions, i) / divisor.of(i))),
        factor);
  }

  private static double frequency(double base, int dimensions, int i) {
    return Math.pow(base, -2.0 * i / dimensions);
  }

  /** A number for each pair of dimensions. */
  @FunctionalInterface
  interface PerPair {
    double of(int pair);
  }

  /**
   * Llama 3.1: pairs that turn around less than {@code low} times in the original context are
   * slowed down by the factor, those that turn around more than {@code high} times are left alone,
   * between them the slowing fades out.
   */
  static Rotary llama3(
      double base, int dimensions, double by, double low, double high, double context) {
    return divided(
        base,
        dimensions,
        i -> {
          double turns = context * frequency(base, dimensions, i) / (2 * Math.PI);
          double kept = Math.min(1, Math.max(0, (turns - low) / (high - low)));
          return 1 / ((1 - kept) / by + kept);
        },
        1);
  }

  /**
   * YaRN (Peng et al. 2023): as above, but fading linearly over the pairs between those that turn
   * around {@code fast} and {@code slow} times, and attention is sharpened by a factor.
   */
  static Rotary yarn(
      double base,
      int dimensions,
      double by,
      double fast,
      double slow,
      double context,
      boolean whole,
      double factor) {
    double from = pairOfTurns(fast, base, dimensions, context);
    double to = pairOfTurns(slow, base, dimensions, context);
    double first = Math.max(0, whole ? Math.floor(from) : from);
    double last = Math.min(dimensions - 1, whole ? Math.ceil(to) : to);
    double width = first == last ? 0.001 : last - first;
    return divided(
        base,
        dimensions,
        i -> {
          double slowed = Math.min(1, Math.max(0, (i - first) / width));
          return 1 / (slowed / by + 1 - slowed);
        },
        factor);
  }

  private static double pairOfTurns(double turns, double base, int dimensions, double context) {
    return dimensions * Math.log(context / (turns * 2 * Math.PI)) / (2 * Math.log(base));
  }
}
