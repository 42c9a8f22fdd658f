package io.selftaught.judge;

import java.util.OptionalLong;

/**
 * Tokens read and written. Unknown is unknown, not zero: a sum with an unknown part is unknown.
 *
 * <p>Prompt tokens are counted once for all samples drawn from one prompt.
 */
public final class Usage {

  /** Nothing read, nothing written. */
  public static final Usage NONE = of(0, 0);

  /** Whoever did the work did not say how much it was. */
  public static final Usage UNKNOWN = new Usage(OptionalLong.empty(), OptionalLong.empty());

  private final OptionalLong promptTokens;
  private final OptionalLong completionTokens;

  private Usage(OptionalLong promptTokens, OptionalLong completionTokens) {
    this.promptTokens = promptTokens;
    this.completionTokens = completionTokens;
  }

  /**
   * Returns a known usage.
   *
   * @throws IllegalArgumentException if a count is negative
   */
  public static Usage of(long promptTokens, long completionTokens) {
    Checks.atLeast("promptTokens", promptTokens, 0);
    Checks.atLeast("completionTokens", completionTokens, 0);
    return new Usage(OptionalLong.of(promptTokens), OptionalLong.of(completionTokens));
  }

  /** Returns the tokens read, if known. */
  public OptionalLong promptTokens() {
    return promptTokens;
  }

  /** Returns the tokens written, if known. */
  public OptionalLong completionTokens() {
    return completionTokens;
  }

  /** Returns the sum of both usages. */
  public Usage plus(Usage other) {
    return new Usage(
        sum(promptTokens, other.promptTokens), sum(completionTokens, other.completionTokens));
  }

  private static OptionalLong sum(OptionalLong x, OptionalLong y) {
    return x.isPresent() && y.isPresent()
        ? OptionalLong.of(Math.addExact(x.getAsLong(), y.getAsLong()))
        : OptionalLong.empty();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Usage other
        && promptTokens.equals(other.promptTokens)
        && completionTokens.equals(other.completionTokens);
  }

  @Override
  public int hashCode() {
    return 31 * promptTokens.hashCode() + completionTokens.hashCode();
  }

  @Override
  public String toString() {
    return text(promptTokens) + " prompt + " + text(completionTokens) + " completion tokens";
  }

  private static String text(OptionalLong count) {
    return count.isPresent() ? Long.toString(count.getAsLong()) : "unknown";
  }
}
