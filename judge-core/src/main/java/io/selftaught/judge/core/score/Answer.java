package io.selftaught.judge.core.score;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An answer that is to get a mark.
 *
 * @param prompt what it answers, not blank
 * @param text the answer, may be empty
 * @param reference a correct answer that the scorer may rely on
 */
public record Answer(String prompt, String text, Optional<String> reference) {

  public Answer {
    if (requireNonNull(prompt, "prompt").isBlank()) {
      throw new IllegalArgumentException("prompt must not be blank");
    }
    requireNonNull(text, "text");
    requireNonNull(reference, "reference");
  }

  /** Returns an answer without a reference. */
  public static Answer of(String prompt, String text) {
    return new Answer(prompt, text, Optional.empty());
  }

  /** Returns this answer with a reference. */
  public Answer withReference(String reference) {
    return new Answer(prompt, text, Optional.of(reference));
  }
}
