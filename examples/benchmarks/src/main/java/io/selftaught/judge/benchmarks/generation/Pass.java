package io.selftaught.judge.benchmarks.generation;

import io.selftaught.judge.core.data.JsonRecord;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Requests that are timed together.
 *
 * @param workload what they are part of
 * @param promptsOnly whether they end with the first token after the prompt
 * @param concurrency the most requests under way at a time
 */
record Pass(Workload workload, boolean promptsOnly, int concurrency, List<Request> requests) {

  Pass {
    requests = List.copyOf(requests);
  }

  /** Returns the tokens of the prompts, each read once however many samples continue it. */
  long promptTokens() {
    return requests.stream().mapToLong(request -> request.ids().size()).sum();
  }

  /** Returns this pass with as many tokens for each sample as another subject wrote. */
  Pass with(Timing timing) {
    List<List<Integer>> written = timing.written();
    if (written.size() != requests.size()) {
      throw new IllegalArgumentException(
          "%s has %d requests, another subject had %d"
              .formatted(this, requests.size(), written.size()));
    }
    return new Pass(
        workload,
        promptsOnly,
        concurrency,
        IntStream.range(0, written.size())
            .mapToObj(i -> requests.get(i).withCounts(written.get(i)))
            .toList());
  }

  JsonRecord toJson() {
    return JsonRecord.builder()
        .put("workload", workload.toString())
        .put("promptsOnly", promptsOnly)
        .put("concurrency", concurrency)
        .putRecords("requests", requests.stream().map(Request::toJson).toList())
        .build();
  }

  static Pass of(JsonRecord json) {
    return new Pass(
        Workload.of(json.text("workload")),
        json.flag("promptsOnly"),
        Math.toIntExact(json.integer("concurrency")),
        json.records("requests").stream().map(Request::of).toList());
  }

  @Override
  public String toString() {
    return workload + (promptsOnly ? ", first tokens" : "");
  }
}
