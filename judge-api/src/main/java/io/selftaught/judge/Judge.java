package io.selftaught.judge;

/**
 * Says which of two answers to a prompt is better.
 *
 * <p>A judge reports what it could not do as an undecided {@link Verdict}, never as an exception:
 * one bad item does not end a run. It is safe for use by several threads. Debiasing, voting and
 * caching are decorators around a judge.
 */
@FunctionalInterface
public interface Judge extends AutoCloseable {

  /**
   * Returns the judgment of a comparison.
   *
   * @throws NullPointerException if {@code comparison} is null
   */
  Judgment compare(Comparison comparison);

  /**
   * Returns the judgment of two answers to a prompt.
   *
   * @throws IllegalArgumentException if {@code prompt} is blank
   */
  default Judgment compare(String prompt, String a, String b) {
    return compare(Comparison.of(prompt, a, b));
  }

  /** Frees what the judge owns. A judge made around a model does not own, nor close, that model. */
  @Override
  default void close() {}
}
