package io.selftaught.judge.benchmarks.generation;

import io.selftaught.judge.core.data.JsonRecord;
import java.util.List;

/**
 * How long a subject took for a pass.
 *
 * @param seconds from the first request to the last answer
 * @param promptTokens the tokens of the prompts, each counted once
 * @param written the new tokens of each sample of each request, one that ended the text included
 */
record Timing(
    Workload workload,
    boolean promptsOnly,
    double seconds,
    long promptTokens,
    List<List<Integer>> written) {

  Timing {
    written = written.stream().map(List::copyOf).toList();
  }

  int requests() {
    return written.size();
  }

  long samples() {
    return written.stream().mapToLong(List::size).sum();
  }

  long newTokens() {
    return written.stream().flatMap(List::stream).mapToLong(Integer::longValue).sum();
  }

  JsonRecord toJson() {
    return JsonRecord.builder()
        .put("workload", workload.toString())
        .put("promptsOnly", promptsOnly)
        .put("seconds", seconds)
        .put("promptTokens", promptTokens)
        .putTexts("written", written.stream().map(Numbers::join).toList())
        .build();
  }

  static Timing of(JsonRecord json) {
    return new Timing(
        Workload.of(json.text("workload")),
        json.flag("promptsOnly"),
        json.number("seconds"),
        json.integer("promptTokens"),
        json.texts("written").stream().map(Numbers::split).toList());
  }
}
