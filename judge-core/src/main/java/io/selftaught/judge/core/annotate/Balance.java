package io.selftaught.judge.core.annotate;

import io.selftaught.judge.Annotation.Example;
import io.selftaught.judge.Order;
import io.selftaught.judge.Outcome;
import io.selftaught.judge.core.data.Seeds;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Evens out the order of showing: a judge must see the better answer first exactly as often as
 * second, or it learns to prefer a place.
 */
public final class Balance {

  /** The reason of an example that is one too many of its order. */
  public static final String REASON = "balance";

  private Balance() {}

  /**
   * Returns what becomes of each example, in their order: of the more frequent order a seeded
   * choice is dropped.
   *
   * @param seed the only source of chance
   */
  public static Map<Example, Outcome<Example>> of(List<Example> examples, long seed) {
    long chosenFirst = examples.stream().filter(e -> e.order() == Order.AB).count();
    long perOrder = Math.min(chosenFirst, examples.size() - chosenFirst);
    Set<Example> kept = new HashSet<>();
    for (Order order : Order.values()) {
      examples.stream()
          .filter(e -> e.order() == order)
          .sorted(Comparator.comparingLong(e -> Seeds.of(seed, e.example().id())))
          .limit(perOrder)
          .forEach(kept::add);
    }
    Map<Example, Outcome<Example>> outcomes = new LinkedHashMap<>();
    for (Example example : examples) {
      outcomes.put(
          example,
          kept.contains(example)
              ? Outcome.kept(example)
              : Outcome.dropped(REASON, "shown in order " + example.order()));
    }
    return outcomes;
  }
}
