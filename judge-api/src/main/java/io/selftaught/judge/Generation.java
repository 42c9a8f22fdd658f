package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * What a model wrote.
 *
 * @param text the continuation, without stop strings and end-of-turn tokens
 * @param finishReason why it ended
 * @param usage the tokens that it took; of several samples of one prompt, the first one counts the
 *     prompt
 * @param tokens the tokens with their log-probabilities; empty unless asked for, and where the
 *     model does not tell them
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
   * @param alternatives the log-probabilities, ≤ 0, of tokens that could have stood here, this one
   *     among them, by their texts; only of forced choices, and empty where the model doesn't tell
   */
  public record Token(String text, double logProbability, Map<String, Double> alternatives) {
    public Token {
      requireNonNull(text, "text");
      requireNotPositive("logProbability", logProbability);
      alternatives = Map.copyOf(alternatives);
      alternatives.values().forEach(value -> requireNotPositive("alternatives", value));
    }

    /** Creates a token of which no alternatives are known. */
    public Token(String text, double logProbability) {
      this(text, logProbability, Map.of());
    }

    private static void requireNotPositive(String name, double logProbability) {
      if (!(logProbability <= 0)) {
        throw new IllegalArgumentException(name + " must be ≤ 0, was " + logProbability);
      }
    }
  }
}
