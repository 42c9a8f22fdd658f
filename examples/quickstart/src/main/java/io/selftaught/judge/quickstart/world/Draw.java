package io.selftaught.judge.quickstart.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Small draws that all of the world is made of. */
final class Draw {

  private Draw() {}

  /** Draws a number between two bounds, both included. */
  static int between(int low, int high, SplittableRandom random) {
    return random.nextInt(low, high + 1);
  }

  static <T> T oneOf(List<T> values, SplittableRandom random) {
    return values.get(random.nextInt(values.size()));
  }

  /** Draws {@code count} different places of a list; the order is random too. */
  static <T> List<T> distinct(List<T> values, int count, SplittableRandom random) {
    return List.copyOf(shuffled(values, random).subList(0, count));
  }

  static <T> List<T> shuffled(List<T> values, SplittableRandom random) {
    List<T> result = new ArrayList<>(values);
    for (int i = result.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      T swapped = result.get(i);
      result.set(i, result.get(j));
      result.set(j, swapped);
    }
    return result;
  }

  /** Draws a key with a probability in proportion to its weight. */
  static <T> T weighted(Map<T, Integer> weights, SplittableRandom random) {
    int total = weights.values().stream().mapToInt(Integer::intValue).sum();
    int ticket = random.nextInt(total);
    for (Map.Entry<T, Integer> entry : weights.entrySet()) {
      ticket -= entry.getValue();
      if (ticket < 0) {
        return entry.getKey();
      }
    }
    throw new AssertionError("a ticket is below the sum of the weights");
  }
}
