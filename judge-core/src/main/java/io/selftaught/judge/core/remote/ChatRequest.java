package io.selftaught.judge.core.remote;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.ChatMessage.Role;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.data.JudgeJson;
import io.selftaught.judge.core.data.Seeds;
import java.util.List;
import java.util.Set;

/** A conversation and its settings in the words of the chat completions protocol. */
record ChatRequest(List<ChatMessage> messages, GenerationConfig config) {

  /** What this class, or the protocol's client, decides on; nobody else may. */
  static final Set<String> OWN_FIELDS =
      Set.of(
          "model",
          "messages",
          "n",
          "seed",
          "temperature",
          "top_p",
          "max_tokens",
          "max_completion_tokens",
          "stop",
          "logprobs",
          "top_logprobs",
          "stream",
          "stream_options");

  /** What the protocol allows to be asked for. */
  private static final int MOST_ALTERNATIVES = 20;

  /** Returns whether it is worth finding out the kind of the server. */
  boolean dependsOnServer() {
    return !config.choices().isEmpty() || continuesOwnMessage();
  }

  private boolean continuesOwnMessage() {
    return messages.get(messages.size() - 1).role() == Role.ASSISTANT;
  }

  /**
   * Returns the fields that ask for samples.
   *
   * @param fields those that the server has not refused
   * @param firstIndex the index of the first sample
   */
  JsonRecord body(Server server, OptionalFields fields, int firstIndex, int samples) {
    JsonRecord.Builder body =
        JsonRecord.builder()
            .putRecords("messages", messages.stream().map(JudgeJson::toJson).toList())
            .put(fields.tokenLimit(server), config.maxTokens());
    putSampling(body, fields, firstIndex, samples);
    if (!config.stop().isEmpty()) {
      body.putTexts("stop", config.stop());
    }
    if (config.logProbabilities()) {
      putLogProbabilities(body, fields);
    }
    if (!config.choices().isEmpty()) {
      server.limit(body, config.choices());
    }
    if (continuesOwnMessage()) {
      server.continueLast(body);
    }
    return body.build();
  }

  private void putSampling(
      JsonRecord.Builder body, OptionalFields fields, int firstIndex, int samples) {
    if (fields.has("temperature")) {
      body.put("temperature", config.temperature());
    }
    if (fields.has("top_p")) {
      body.put("top_p", config.topP());
    }
    if (fields.has("n")) {
      body.put("n", samples);
    }
    if (fields.has("seed")) {
      body.put("seed", seed(config.seed(), firstIndex));
    }
  }

  private void putLogProbabilities(JsonRecord.Builder body, OptionalFields fields) {
    if (fields.has(OptionalFields.LOG_PROBABILITIES)) {
      body.put(OptionalFields.LOG_PROBABILITIES, true);
      if (!config.choices().isEmpty() && fields.has(OptionalFields.ALTERNATIVES)) {
        body.put(OptionalFields.ALTERNATIVES, MOST_ALTERNATIVES);
      }
    }
  }

  /** Returns what a reply may be. */
  Choices choices() {
    return Choices.after(begun(), config.choices());
  }

  /** Returns the last message if it is the model's own, else nothing. */
  private String begun() {
    return continuesOwnMessage() ? messages.get(messages.size() - 1).content() : "";
  }

  /** Returns what is new in a reply, where a server gives the model's message back before it. */
  Generation withoutEcho(Generation reply) {
    String begun = begun();
    return !begun.isEmpty() && reply.text().startsWith(begun)
        ? new Generation(
            reply.text().substring(begun.length()),
            reply.finishReason(),
            reply.usage(),
            reply.tokens())
        : reply;
  }

  /**
   * Returns the seed of a sample: that of the settings for the first one, if it has 31 bits, which
   * is what every server takes; else one that follows from it and the index.
   */
  static long seed(long seed, int index) {
    boolean fits = seed >= 0 && seed <= Integer.MAX_VALUE;
    return index == 0 && fits ? seed : Seeds.of(seed, "sample", String.valueOf(index)) >>> 33;
  }
}
