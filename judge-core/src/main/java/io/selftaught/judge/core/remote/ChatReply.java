package io.selftaught.judge.core.remote;

import io.selftaught.judge.Generation;
import io.selftaught.judge.Generation.FinishReason;
import io.selftaught.judge.Generation.Token;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.Usage;
import io.selftaught.judge.core.data.JsonRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a server answers to a {@link ChatRequest}, checked.
 *
 * @param samples in the order of their indexes, their usage left unknown
 * @param usage what all of them took together
 */
record ChatReply(List<Generation> samples, Usage usage) {

  /**
   * Returns the reply that a record holds.
   *
   * @throws ModelException if it is not an answer to a request for so many samples
   */
  static ChatReply of(JsonRecord json, int wanted, boolean logProbabilities) {
    try {
      TreeMap<Long, Generation> samples = new TreeMap<>();
      List<JsonRecord> choices = json.records("choices");
      for (JsonRecord choice : choices) {
        long index = choice.has("index") || choices.size() > 1 ? choice.integer("index") : 0;
        if (samples.put(index, sample(choice, logProbabilities)) != null) {
          throw new InvalidInputException("two choices have the index " + index);
        }
      }
      checkIndexes(samples, wanted);
      return new ChatReply(List.copyOf(samples.values()), usage(json));
    } catch (InvalidInputException e) {
      throw new ModelException("The server's answer makes no sense: " + e.getMessage(), e);
    }
  }

  private static void checkIndexes(TreeMap<Long, Generation> samples, int wanted) {
    if (samples.isEmpty()) {
      throw new InvalidInputException("it has no choices");
    }
    if (samples.size() > wanted) {
      throw new InvalidInputException(
          "it has %d choices, %d were wanted".formatted(samples.size(), wanted));
    }
    if (samples.firstKey() != 0 || samples.lastKey() != samples.size() - 1) {
      throw new InvalidInputException(
          "its choices have the indexes " + samples.keySet() + ", which must count from 0");
    }
  }

  private static Generation sample(JsonRecord choice, boolean logProbabilities) {
    JsonRecord message = choice.record("message");
    Optional<String> refusal = message.optionalText("refusal").filter(text -> !text.isEmpty());
    String content = message.optionalText("content").orElse("");
    String text = content.isEmpty() ? refusal.orElse("") : content;
    return new Generation(
        text,
        refusal.isPresent() ? FinishReason.REFUSED : finishReason(choice.text("finish_reason")),
        Usage.UNKNOWN,
        logProbabilities && !text.isEmpty() ? tokens(choice) : List.of());
  }

  private static FinishReason finishReason(String name) {
    return switch (name) {
      case "stop", "eos" -> FinishReason.STOP;
      case "length" -> FinishReason.LENGTH;
      case "content_filter" -> FinishReason.REFUSED;
      default -> throw new InvalidInputException("a choice ended because of \"" + name + "\"");
    };
  }

  /** Many servers give no log-probabilities, whatever they are asked for. */
  private static List<Token> tokens(JsonRecord choice) {
    if (!choice.has("logprobs") || !choice.record("logprobs").has("content")) {
      return List.of();
    }
    List<Token> tokens = new ArrayList<>();
    for (JsonRecord token : choice.record("logprobs").records("content")) {
      tokens.add(new Token(token.text("token"), logProbability(token), alternatives(token)));
    }
    return tokens;
  }

  /** Tokens that differ in bytes only, parts of a character, may have the same text. */
  private static Map<String, Double> alternatives(JsonRecord token) {
    Map<String, Double> alternatives = new HashMap<>();
    if (token.has("top_logprobs")) {
      for (JsonRecord other : token.records("top_logprobs")) {
        alternatives.merge(other.text("token"), logProbability(other), Math::max);
      }
    }
    return alternatives;
  }

  /** Rounding may put a sure token slightly above 0. */
  private static double logProbability(JsonRecord token) {
    return Math.min(0, token.number("logprob"));
  }

  /** Absent, negative and absurd counts are unknown ones: a cost that nobody can rely on. */
  private static Usage usage(JsonRecord json) {
    if (!json.has("usage")) {
      return Usage.UNKNOWN;
    }
    JsonRecord usage = json.record("usage");
    if (!usage.has("prompt_tokens") || !usage.has("completion_tokens")) {
      return Usage.UNKNOWN;
    }
    long prompt = usage.integer("prompt_tokens");
    long completion = usage.integer("completion_tokens");
    return isPlausible(prompt) && isPlausible(completion)
        ? Usage.of(prompt, completion)
        : Usage.UNKNOWN;
  }

  private static boolean isPlausible(long tokens) {
    return tokens >= 0 && tokens <= Integer.MAX_VALUE;
  }
}
