package io.selftaught.judge.djl.train;

import static java.util.Objects.requireNonNull;

import com.google.common.primitives.ImmutableIntArray;

/**
 * The tokens of one example.
 *
 * @param id names the example in messages
 * @param ids prompt and completion, with whatever ends the turn
 * @param completionStart the index of the first token that is learnt: it and all after it are, each
 *     from those before it
 */
public record TrainingSequence(String id, ImmutableIntArray ids, int completionStart) {

  /**
   * Checks the arguments.
   *
   * @throws IllegalArgumentException if {@code completionStart} is not from 1 to the length
   */
  public TrainingSequence {
    requireNonNull(id, "id");
    requireNonNull(ids, "ids");
    if (completionStart < 1 || completionStart > ids.length()) {
      throw new IllegalArgumentException(
          "completionStart must be 1 to %d, was %d".formatted(ids.length(), completionStart));
    }
  }

  /** Returns the number of tokens. */
  public int length() {
    return ids.length();
  }

  /** Returns the number of tokens that are learnt. */
  public int learnt() {
    return ids.length() - completionStart;
  }
}
