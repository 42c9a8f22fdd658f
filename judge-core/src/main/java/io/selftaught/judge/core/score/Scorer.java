package io.selftaught.judge.core.score;

/**
 * Gives an answer a mark on its own. Safe for use by several threads. Failures are readings without
 * a mark, never exceptions.
 */
@FunctionalInterface
public interface Scorer {

  /**
   * Returns the score of an answer to a prompt.
   *
   * @throws IllegalArgumentException if {@code prompt} is blank
   */
  Score score(String prompt, String answer);
}
