package io.selftaught.judge.core.remote;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.core.data.JsonRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts the parts of a streamed answer together; what they mean is left to {@link ChatReply}. */
final class StreamedReply {

  private final Map<Long, Choice> choices = new TreeMap<>();
  private Optional<JsonRecord> usage = Optional.empty();

  /**
   * Adds a part.
   *
   * @throws InvalidInputException if it is none
   */
  void add(JsonRecord part) {
    if (part.has("usage")) {
      usage = Optional.of(part.record("usage"));
    }
    if (part.has("choices")) {
      for (JsonRecord choice : part.records("choices")) {
        long index = choice.has("index") ? choice.integer("index") : 0;
        choices.computeIfAbsent(index, key -> new Choice()).add(choice);
      }
    }
  }

  /** Returns the answer as it would have come in one piece. */
  JsonRecord whole() {
    List<JsonRecord> all = new ArrayList<>();
    choices.forEach((index, choice) -> all.add(choice.whole(index)));
    JsonRecord.Builder json = JsonRecord.builder().putRecords("choices", all);
    usage.ifPresent(counts -> json.put("usage", counts));
    return json.build();
  }

  /** One sample. */
  private static final class Choice {
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final List<JsonRecord> tokens = new ArrayList<>();
    private Optional<String> finishReason = Optional.empty();

    void add(JsonRecord choice) {
      if (choice.has("delta")) {
        JsonRecord delta = choice.record("delta");
        delta.optionalText("content").ifPresent(content::append);
        delta.optionalText("refusal").ifPresent(refusal::append);
      }
      if (choice.has("logprobs") && choice.record("logprobs").has("content")) {
        tokens.addAll(choice.record("logprobs").records("content"));
      }
      finishReason = choice.optionalText("finish_reason").or(() -> finishReason);
    }

    JsonRecord whole(long index) {
      JsonRecord.Builder message = JsonRecord.builder().put("content", content.toString());
      if (refusal.length() > 0) {
        message.put("refusal", refusal.toString());
      }
      JsonRecord.Builder json =
          JsonRecord.builder().put("index", index).put("message", message.build());
      finishReason.ifPresent(reason -> json.put("finish_reason", reason));
      if (!tokens.isEmpty()) {
        json.put("logprobs", JsonRecord.builder().putRecords("content", tokens).build());
      }
      return json.build();
    }
  }
}
