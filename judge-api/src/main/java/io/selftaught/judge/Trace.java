package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One asking of a model within a judgment: the order it saw, what it wrote and how that was read.
 *
 * @param order the order in which the caller's answers were shown
 * @param text what the model wrote, untouched, in the letters that it was shown; for {@link
 *     Verdict.Cause#FAILED} the message of the error
 * @param verdict how {@code text} was read, in the caller's letters
 * @param usage the tokens that it took
 * @param probabilities how likely the model holds each preference, in the caller's letters, where
 *     it was asked
 * @param plan what the judge had planned to look at, made from the prompt alone, where it judges by
 *     a plan
 * @param alone the answer that the model was shown by itself, A or B in the caller's letters, where
 *     it was not shown both; {@code order} says nothing then
 */
public record Trace(
    Order order,
    String text,
    Verdict verdict,
    Usage usage,
    Optional<Probabilities> probabilities,
    Optional<String> plan,
    Optional<Preference> alone) {

  public Trace {
    requireNonNull(order, "order");
    requireNonNull(text, "text");
    requireNonNull(verdict, "verdict");
    requireNonNull(usage, "usage");
    requireNonNull(probabilities, "probabilities");
    requireNonNull(plan, "plan");
    if (alone.equals(Optional.of(Preference.TIE))) {
      throw new IllegalArgumentException("alone must be A or B, was TIE");
    }
  }

  /** Creates the trace of an asking in which both answers were shown. */
  public Trace(
      Order order,
      String text,
      Verdict verdict,
      Usage usage,
      Optional<Probabilities> probabilities,
      Optional<String> plan) {
    this(order, text, verdict, usage, probabilities, plan, Optional.empty());
  }

  /** Creates the trace of an asking without a plan. */
  public Trace(
      Order order,
      String text,
      Verdict verdict,
      Usage usage,
      Optional<Probabilities> probabilities) {
    this(order, text, verdict, usage, probabilities, Optional.empty());
  }

  /** Creates the trace of an asking that says nothing of probabilities. */
  public Trace(Order order, String text, Verdict verdict, Usage usage) {
    this(order, text, verdict, usage, Optional.empty());
  }

  /** Returns what this asking means after the two answers have changed places. */
  public Trace swapped() {
    return new Trace(
        order.reversed(),
        text,
        verdict.swapped(),
        usage,
        probabilities.map(Probabilities::swapped),
        plan,
        alone.map(Preference::swapped));
  }
}
