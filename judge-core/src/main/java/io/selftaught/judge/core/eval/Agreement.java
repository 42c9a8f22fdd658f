package io.selftaught.judge.core.eval;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Agreement beyond chance between those who put items into classes, such as judges and people that
 * give verdicts. An item is the list of the classes it was put into, one by each rater.
 *
 * <p>Each measure is 1 for full agreement, 0 for what chance gives, and less for worse; nothing if
 * chance alone agrees always, as when there is no item or only one class. They differ in what they
 * hold for chance: each of two raters by its own habits (Cohen), or all raters alike (Fleiss,
 * Krippendorff). Intervals: {@link Bootstrap}.
 */
public final class Agreement {

  private Agreement() {}

  /**
   * Returns the kappa of Cohen (1960).
   *
   * @param items each with the classes that the first and the second rater chose
   * @throws IllegalArgumentException if an item has not exactly two
   */
  public static <T> OptionalDouble cohen(List<? extends List<T>> items) {
    check(items, 2);
    double agreed = items.stream().filter(item -> item.get(0).equals(item.get(1))).count();
    Map<T, Long> first = counts(items, item -> item.get(0));
    Map<T, Long> second = counts(items, item -> item.get(1));
    double byChance =
        first.entrySet().stream()
            .mapToDouble(
                entry -> (double) entry.getValue() * second.getOrDefault(entry.getKey(), 0L))
            .sum();
    double squared = (double) items.size() * items.size();
    return byChance == squared
        ? OptionalDouble.empty()
        : OptionalDouble.of((agreed * items.size() - byChance) / (squared - byChance));
  }

  /**
   * Returns the kappa of Fleiss (1971).
   *
   * @param items each with the classes that its raters chose, who may be others for each item
   * @throws IllegalArgumentException if two items have not equally many, or fewer than two
   */
  public static <T> OptionalDouble fleiss(List<? extends List<T>> items) {
    int raters = items.isEmpty() ? 2 : items.get(0).size();
    check(items, raters);
    if (raters < 2) {
      throw new IllegalArgumentException("items must have at least two ratings, have " + raters);
    }
    double agreed = items.stream().mapToDouble(Agreement::agreeingPairs).sum();
    double pairs = (double) items.size() * raters * (raters - 1);
    double all = (double) items.size() * raters;
    double byChance = totals(items).values().stream().mapToDouble(n -> n / all * (n / all)).sum();
    return items.isEmpty() || byChance == 1
        ? OptionalDouble.empty()
        : OptionalDouble.of((agreed / pairs - byChance) / (1 - byChance));
  }

  /**
   * Returns the alpha of Krippendorff (1970) for classes without an order. Raters may have left out
   * items: an item has as many classes as it has raters, and one with fewer than two doesn't count.
   */
  public static <T> OptionalDouble krippendorff(List<? extends List<T>> items) {
    List<? extends List<T>> rated = items.stream().filter(item -> item.size() > 1).toList();
    double n = rated.stream().mapToInt(List::size).sum();
    double observed =
        rated.stream()
            .mapToDouble(
                item ->
                    (item.size() * (item.size() - 1.0) - agreeingPairs(item)) / (item.size() - 1.0))
            .sum();
    double expected =
        totals(rated).values().stream().mapToDouble(count -> count * (n - count)).sum();
    return expected == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(1 - (n - 1) * observed / expected);
  }

  /** Returns the ordered pairs of raters of an item that chose the same class. */
  private static <T> double agreeingPairs(List<T> item) {
    Set<T> classes = new HashSet<>(item);
    return classes.stream()
        .mapToDouble(
            one -> {
              double count = item.stream().filter(one::equals).count();
              return count * (count - 1);
            })
        .sum();
  }

  private static <T> Map<T, Long> totals(List<? extends List<T>> items) {
    Map<T, Long> totals = new HashMap<>();
    items.forEach(item -> item.forEach(one -> totals.merge(one, 1L, Long::sum)));
    return totals;
  }

  private static <T> Map<T, Long> counts(
      List<? extends List<T>> items, Function<List<T>, T> choice) {
    return items.stream().collect(Collectors.groupingBy(choice, Collectors.counting()));
  }

  private static <T> void check(List<? extends List<T>> items, int raters) {
    for (List<T> item : items) {
      if (item.size() != raters) {
        throw new IllegalArgumentException(
            "each of items must have %d ratings, one has %d".formatted(raters, item.size()));
      }
    }
  }
}
