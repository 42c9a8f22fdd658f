package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Usage;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a run may spend, and what it has spent.
 *
 * <p>Usage that a model does not report is unknown, not nothing: it counts as the most that it can
 * have been, so the limit holds; {@link #spent} and {@link #cost} then say that they don't know. So
 * does that of a call that fails, unless it was refused for what it asked: a server may bill an
 * answer that never arrives. What failed tries took within a call that succeeds is not seen. Calls
 * that are under way when the limit is reached are let end, so a budget can be overdrawn by as many
 * calls as are made at once.
 *
 * <p>Safe for use by several threads. One budget may be shared by several models.
 */
public final class Budget {

  private final Optional<Price> price;
  private final BigDecimal limit;
  private final String unit;
  private Usage spent = Usage.NONE;
  private BigDecimal counted = BigDecimal.ZERO;

  private Budget(Optional<Price> price, BigDecimal limit, String unit) {
    if (limit.signum() <= 0) {
      throw new IllegalArgumentException("limit must be above 0, was " + limit);
    }
    this.price = price;
    this.limit = limit;
    this.unit = unit;
  }

  /**
   * Returns a budget of so many tokens, read and written.
   *
   * @throws IllegalArgumentException if {@code limit} is not positive
   */
  public static Budget ofTokens(long limit) {
    return new Budget(Optional.empty(), BigDecimal.valueOf(limit), " tokens");
  }

  /**
   * Returns a budget of so much money, in the currency of the price.
   *
   * @throws IllegalArgumentException if {@code limit} is not positive
   */
  public static Budget ofMoney(BigDecimal limit, Price price) {
    return new Budget(Optional.of(requireNonNull(price, "price")), limit, "");
  }

  /** Returns the tokens spent so far, as far as the models reported them. */
  public synchronized Usage spent() {
    return spent;
  }

  /** Returns the money spent so far; nothing if the price or any usage is unknown. */
  public synchronized Optional<BigDecimal> cost() {
    boolean known = spent.promptTokens().isPresent() && spent.completionTokens().isPresent();
    return known
        ? price.map(
            p -> p.of(spent.promptTokens().getAsLong(), spent.completionTokens().getAsLong()))
        : Optional.empty();
  }

  synchronized boolean isSpent() {
    return counted.compareTo(limit) >= 0;
  }

  /**
   * Takes note of a call.
   *
   * @param most what it can have taken at most, in tokens read and written
   */
  synchronized void spend(Usage usage, Usage most) {
    spent = spent.plus(usage);
    long prompt = usage.promptTokens().orElse(most.promptTokens().orElseThrow());
    long completion = usage.completionTokens().orElse(most.completionTokens().orElseThrow());
    counted =
        counted.add(
            price
                .map(p -> p.of(prompt, completion))
                .orElse(BigDecimal.valueOf(Math.addExact(prompt, completion))));
  }

  @Override
  public synchronized String toString() {
    return "Budget[%s%s of %s%s]".formatted(counted.toPlainString(), unit, limit, unit);
  }
}
