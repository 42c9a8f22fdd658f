package io.selftaught.judge.benchmarks.generation;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.core.data.JsonRecord;
import java.util.List;
import java.util.Locale;

/**
 * A prompt and how to continue it.
 *
 * @param messages the conversation
 * @param ids its tokens, as the model's template and tokenizer make them
 * @param config how to sample
 * @param counts how many tokens to write for each sample, end of text or not; empty if the model
 *     may stop where it likes
 */
record Request(
    List<ChatMessage> messages, List<Integer> ids, GenerationConfig config, List<Integer> counts) {

  Request {
    messages = List.copyOf(messages);
    ids = List.copyOf(ids);
    counts = List.copyOf(counts);
    if (!counts.isEmpty() && counts.size() != config.samples()) {
      throw new IllegalArgumentException(
          "counts must be one for each of %d samples, were %d"
              .formatted(config.samples(), counts.size()));
    }
  }

  Request withCounts(List<Integer> counts) {
    return new Request(messages, ids, config, counts);
  }

  JsonRecord toJson() {
    return JsonRecord.builder()
        .putRecords("messages", messages.stream().map(Request::message).toList())
        .put("ids", Numbers.join(ids))
        .put("samples", config.samples())
        .put("maxTokens", config.maxTokens())
        .put("temperature", config.temperature())
        .put("seed", config.seed())
        .put("counts", Numbers.join(counts))
        .build();
  }

  private static JsonRecord message(ChatMessage message) {
    return JsonRecord.builder()
        .put("role", message.role().name().toLowerCase(Locale.ROOT))
        .put("content", message.content())
        .build();
  }

  static Request of(JsonRecord json) {
    return new Request(
        json.records("messages").stream().map(Request::message).toList(),
        Numbers.split(json.text("ids")),
        GenerationConfig.builder()
            .samples(Math.toIntExact(json.integer("samples")))
            .maxTokens(Math.toIntExact(json.integer("maxTokens")))
            .temperature(json.number("temperature"))
            .seed(json.integer("seed"))
            .build(),
        Numbers.split(json.text("counts")));
  }

  private static ChatMessage message(JsonRecord json) {
    return new ChatMessage(
        ChatMessage.Role.valueOf(json.text("role").toUpperCase(Locale.ROOT)), json.text("content"));
  }
}
