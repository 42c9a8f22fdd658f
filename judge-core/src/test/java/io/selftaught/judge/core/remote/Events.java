package io.selftaught.judge.core.remote;

import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.remote.FakeServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Cuts a whole answer into the events of a stream, as vLLM does. */
final class Events {

  private Events() {}

  static Answer of(JsonRecord whole) {
    List<String> events = new ArrayList<>();
    for (JsonRecord choice : whole.records("choices")) {
      String text = choice.record("message").text("content");
      events.add(part(choice, "", false));
      int half = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
      events.add(part(choice, text.substring(0, half), false));
      events.add(part(choice, text.substring(half), true));
    }
    events.add(
        JsonRecord.builder()
            .putRecords("choices", List.of())
            .put("usage", whole.record("usage"))
            .build()
            .toString());
    events.add("[DONE]");
    return stream(events.toArray(String[]::new));
  }

  /** Returns the stream of events with these data. */
  static Answer stream(String... data) {
    StringBuilder body = new StringBuilder(": connected\r\n\r\n");
    for (String event : data) {
      body.append("event: message\r\ndata: ").append(event).append("\r\n\r\n");
    }
    return new Answer(200, Map.of("Content-Type", "text/event-stream"), body.toString());
  }

  private static String part(JsonRecord choice, String text, boolean last) {
    JsonRecord.Builder part =
        JsonRecord.builder()
            .put("index", choice.integer("index"))
            .put("delta", JsonRecord.builder().put("content", text).build());
    if (last) {
      part.put("finish_reason", choice.text("finish_reason"));
      if (choice.has("logprobs")) {
        part.put("logprobs", choice.record("logprobs"));
      }
    }
    return JsonRecord.builder().putRecords("choices", List.of(part.build())).build().toString();
  }
}
