package io.selftaught.judge.core.select;

import io.selftaught.judge.InstructionLabels.Category;
import io.selftaught.judge.InstructionSelector;
import io.selftaught.judge.LabeledInstruction;
import io.selftaught.judge.core.data.Seeds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Chooses the same number of instructions from each category, preferring complex ones. Immutable.
 *
 * <p>The categories take turns in a seeded order until the limit is reached or all are exhausted.
 * Within a category instructions are drawn without replacement with their complexity as the weight
 * (Efraimidis and Spirakis 2006: the largest {@code u^(1/w)} first, {@code u} uniform), so that
 * easy ones stay in the mix but hard ones come first. Those below the least complexity are taken
 * only when nothing else is left. The choice depends on ids, labels and the seed, not on the order
 * of the pool.
 */
public final class BalancedSelector implements InstructionSelector {

  private final int minComplexity;

  private BalancedSelector(int minComplexity) {
    this.minComplexity = minComplexity;
  }

  /** Returns a selector that takes instructions of complexity 1 and 2 only to fill up. */
  public static BalancedSelector create() {
    return preferringComplexity(3);
  }

  /**
   * Returns a selector that takes instructions below a complexity only to fill up.
   *
   * @throws IllegalArgumentException if {@code minComplexity} is not between 1 and 10
   */
  public static BalancedSelector preferringComplexity(int minComplexity) {
    if (minComplexity < 1 || minComplexity > 10) {
      throw new IllegalArgumentException(
          "minComplexity must be between 1 and 10, was " + minComplexity);
    }
    return new BalancedSelector(minComplexity);
  }

  @Override
  public List<LabeledInstruction> select(List<LabeledInstruction> pool, int limit, long seed) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1, was " + limit);
    }
    Map<Boolean, List<LabeledInstruction>> byChallenge =
        pool.stream()
            .collect(Collectors.partitioningBy(x -> x.labels().complexity() >= minComplexity));
    List<LabeledInstruction> chosen = new ArrayList<>();
    for (boolean challenging : List.of(true, false)) {
      takeTurns(byChallenge.getOrDefault(challenging, List.of()), seed).stream()
          .limit(limit - chosen.size())
          .forEach(chosen::add);
    }
    return chosen;
  }

  /** Returns all of them: one of each category, again one of each, and so on. */
  private static List<LabeledInstruction> takeTurns(List<LabeledInstruction> pool, long seed) {
    Map<Category, Deque<LabeledInstruction>> byCategory =
        pool.stream()
            .sorted(drawingOrder(seed))
            .collect(
                Collectors.groupingBy(
                    x -> x.labels().category(),
                    () -> new TreeMap<>(seeded(seed, Category::name)),
                    Collectors.toCollection(ArrayDeque::new)));
    Collection<Deque<LabeledInstruction>> queues = new ArrayList<>(byCategory.values());
    List<LabeledInstruction> order = new ArrayList<>(pool.size());
    while (!queues.isEmpty()) {
      queues.forEach(queue -> order.add(queue.remove()));
      queues.removeIf(Collection::isEmpty);
    }
    return order;
  }

  private static Comparator<LabeledInstruction> drawingOrder(long seed) {
    return Comparator.<LabeledInstruction>comparingDouble(x -> -drawingKey(x, seed))
        .thenComparing(x -> x.instruction().id());
  }

  private static double drawingKey(LabeledInstruction x, long seed) {
    double uniform = ((Seeds.of(seed, "select", x.instruction().id()) >>> 11) + 1) * 0x1p-53;
    return Math.pow(uniform, 1.0 / x.labels().complexity());
  }

  private static <T> Comparator<T> seeded(long seed, Function<T, String> name) {
    return Comparator.<T>comparingLong(x -> Seeds.of(seed, "turn", name.apply(x)))
        .thenComparing(name);
  }

  @Override
  public String toString() {
    return "balanced(minComplexity=" + minComplexity + ")";
  }
}
