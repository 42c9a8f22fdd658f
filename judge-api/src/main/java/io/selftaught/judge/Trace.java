package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

/**
 * One asking of a model within a judgment: the order it saw, what it wrote and how that was read.
 *
 * @param order the order in which the caller's answers were shown
 * @param text what the model wrote, untouched, in the letters that it was shown; for {@link
 *     Verdict.Cause#FAILED} the message of the error
 * @param verdict how {@code text} was read, in the caller's letters
 * @param usage the tokens that it took
 */
public record Trace(Order order, String text, Verdict verdict, Usage usage) {

  public Trace {
    requireNonNull(order, "order");
    requireNonNull(text, "text");
    requireNonNull(verdict, "verdict");
    requireNonNull(usage, "usage");
  }
}
