package io.selftaught.judge.core;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Order;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.Trace;
import io.selftaught.judge.core.data.Seeds;
import io.selftaught.judge.core.prompt.Letters;
import java.util.function.Function;

/** Shows the answers in a chosen order and translates the judgment back. */
final class OrderedJudge implements Judge {

  private final Judge judge;
  private final String description;
  private final Function<Comparison, Order> order;

  OrderedJudge(Judge judge, String description, Function<Comparison, Order> order) {
    this.judge = judge;
    this.description = description;
    this.order = order;
  }

  /** Returns orders that depend on the seed and on the comparison alone. */
  static Function<Comparison, Order> random(long seed) {
    return comparison -> {
      long chance = Seeds.of(seed, comparison.prompt(), comparison.a(), comparison.b());
      return chance >= 0 ? Order.AB : Order.BA;
    };
  }

  /** Returns the judgment of a comparison that is shown in an order, in its own letters. */
  static Judgment ask(Judge judge, Comparison comparison, Order order) {
    Judgment shown = judge.compare(comparison.in(order));
    return order == Order.AB
        ? shown
        : new Judgment(
            shown.verdict().swapped(),
            Letters.swap(shown.rationale()),
            shown.traces().stream().map(Trace::swapped).toList(),
            shown.probabilities().map(Probabilities::swapped));
  }

  @Override
  public Judgment compare(Comparison comparison) {
    return ask(judge, comparison, order.apply(comparison));
  }

  @Override
  public void close() {
    judge.close();
  }

  @Override
  public String toString() {
    return description;
  }
}
