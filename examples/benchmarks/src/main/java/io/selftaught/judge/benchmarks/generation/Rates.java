package io.selftaught.judge.benchmarks.generation;

import io.selftaught.judge.core.data.JsonRecord;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The figures of one subject in one workload.
 *
 * @param promptTokens the tokens of the prompts
 * @param newTokens what was written in the pass to the end, or up to the first tokens if there is
 *     no other
 * @param seconds how long that pass took
 * @param prefill prompt tokens a second
 * @param decode new tokens a second, without those that the prefill gave
 * @param pairsPerMinute pairs judged a minute, where pairs are judged
 */
record Rates(
    Workload workload,
    int requests,
    long promptTokens,
    long newTokens,
    double seconds,
    OptionalDouble prefill,
    OptionalDouble decode,
    OptionalDouble pairsPerMinute) {

  /** Returns the figures, if the subject had the workload. */
  static Optional<Rates> of(Measurement measurement, Workload workload) {
    Optional<Timing> first = measurement.timing(workload, true);
    Optional<Timing> full = measurement.timing(workload, false);
    return first.map(f -> of(f, full));
  }

  private static Rates of(Timing first, Optional<Timing> full) {
    Timing last = full.orElse(first);
    return new Rates(
        first.workload(),
        last.requests(),
        last.promptTokens(),
        last.newTokens(),
        last.seconds(),
        OptionalDouble.of(first.promptTokens() / first.seconds()),
        full.map(f -> decode(first, f)).orElse(OptionalDouble.empty()),
        full.map(Rates::pairsPerMinute).orElse(OptionalDouble.empty()));
  }

  /** Nothing if the pass to the end took no longer than that to the first tokens. */
  private static OptionalDouble decode(Timing first, Timing full) {
    double seconds = full.seconds() - first.seconds();
    return seconds > 0
        ? OptionalDouble.of((full.newTokens() - full.samples()) / seconds)
        : OptionalDouble.empty();
  }

  private static OptionalDouble pairsPerMinute(Timing full) {
    Workload workload = full.workload();
    return workload.judges()
        ? OptionalDouble.of(60.0 * full.requests() / workload.requestsPerPair() / full.seconds())
        : OptionalDouble.empty();
  }

  /**
   * Returns the part of what the machine can do that is reached: of matrix products in prefill
   * where nothing is shared, of memory bandwidth by a single text; else nothing.
   */
  OptionalDouble share(Shape shape, long weightBytes, Roofline roofline) {
    return switch (workload) {
      case PREFILL ->
          OptionalDouble.of(prefill.orElseThrow() * shape.flopsPerPromptToken() / roofline.flops());
      case DECODE_1 ->
          decode.isEmpty()
              ? decode
              : OptionalDouble.of(
                  decode.getAsDouble()
                      * weightBytes
                      * shape.readPerStep()
                      / roofline.bytesPerSecond());
      default -> OptionalDouble.empty();
    };
  }

  JsonRecord toJson() {
    JsonRecord.Builder json =
        JsonRecord.builder()
            .put("workload", workload.toString())
            .put("requests", requests)
            .put("promptTokens", promptTokens)
            .put("newTokens", newTokens)
            .put("seconds", seconds);
    prefill.ifPresent(value -> json.put("prefillTokensPerSecond", value));
    decode.ifPresent(value -> json.put("decodeTokensPerSecond", value));
    pairsPerMinute.ifPresent(value -> json.put("pairsPerMinute", value));
    return json.build();
  }
}
