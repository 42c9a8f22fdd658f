package io.selftaught.judge.core.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Function;

/**
 * Intervals for any figure of a sample: the percentile bootstrap of Efron (1979). Where a {@link
 * Rate} will do, its Wilson interval is better.
 */
public final class Bootstrap {

  private Bootstrap() {}

  /**
   * Returns the 95% interval of a figure: what lies between the 2.5th and the 97.5th percentile of
   * the figure in samples drawn, with replacement, from the sample. Samples in which the figure
   * does not exist are left out; nothing if it exists in fewer than half of them.
   *
   * @param items the sample; what belongs together, such as both orders of a pair, is one item
   * @param figure takes as many items as there are
   * @param samples how many to draw, ≥ 1; 2,000 give two steady digits
   * @param seed the only source of chance
   */
  public static <T> Optional<Rate.Interval> interval(
      List<T> items, Function<List<T>, OptionalDouble> figure, int samples, long seed) {
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1, was " + samples);
    }
    if (items.isEmpty()) {
      return Optional.empty();
    }
    Random chance = new Random(seed);
    double[] figures = new double[samples];
    int known = 0;
    for (int i = 0; i < samples; i++) {
      OptionalDouble value = figure.apply(drawn(items, chance));
      if (value.isPresent()) {
        figures[known++] = value.getAsDouble();
      }
    }
    if (known == 0 || 2 * known < samples) {
      return Optional.empty();
    }
    double[] sorted = Arrays.copyOf(figures, known);
    Arrays.sort(sorted);
    return Optional.of(new Rate.Interval(quantile(sorted, 0.025), quantile(sorted, 0.975)));
  }

  /** Returns the quantile of sorted values, between two of them by a straight line. */
  static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  private static <T> List<T> drawn(List<T> items, Random chance) {
    List<T> drawn = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      drawn.add(items.get(chance.nextInt(items.size())));
    }
    return drawn;
  }
}
