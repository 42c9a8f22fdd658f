package io.selftaught.judge.core.score;

/**
 * Gives an answer a mark on its own. Safe for use by several threads. Failures are readings without
 * a mark, never exceptions.
 */
@FunctionalInterface
public interface Scorer {

  /** Returns the score of an answer. */
  Score score(Answer answer);

  /**
   * Returns the score of an answer to a prompt.
   *
   * @throws IllegalArgumentException if {@code prompt} is blank
   */
  default Score score(String prompt, String answer) {
    return score(Answer.of(prompt, answer));
  }
}
