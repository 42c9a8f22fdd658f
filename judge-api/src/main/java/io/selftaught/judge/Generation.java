package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a model wrote.
 *
 * @param text the continuation, without stop strings and end-of-turn tokens
 * @param finishReason why it ended
 * @param usage the tokens that it took; of several samples of one prompt, the first one counts the
 *     prompt
 * @param tokens the tokens with their log-probabilities; empty unless asked for
 */
public record Generation(String text, FinishReason finishReason, Usage usage, List<Token> tokens) {

  public Generation {
    requireNonNull(text, "text");
    requireNonNull(finishReason, "finishReason");
    requireNonNull(usage, "usage");
    tokens = List.copyOf(tokens);
  }

  /** Returns a generation that ended by itself, of unknown cost. */
  public static Generation of(String text) {
    return new Generation(text, FinishReason.STOP, Usage.UNKNOWN, List.of());
  }

  /** Why a generation ended. */
  public enum FinishReason {
    /** The model ended its turn, or a stop string appeared. */
    STOP,
    /** The token limit or the end of the context was reached. */
    LENGTH,
    /** The model, or its server, refused. */
    REFUSED
  }

  /**
   * One token as it was drawn.
   *
   * @param text its text; may be empty where a character spans several tokens
   * @param logProbability the natural logarithm of its probability at temperature 1, ≤ 0
   */
  public record Token(String text, double logProbability) {
    public Token {
      requireNonNull(text, "text");
      if (!(logProbability <= 0)) {
        throw new IllegalArgumentException("logProbability must be ≤ 0, was " + logProbability);
      }
    }
  }
}
