package io.selftaught.judge.benchmarks;

import io.selftaught.judge.core.data.JsonRecord;
import java.util.Collection;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one benchmark measured.
 *
 * @param name class and method, and the parameters in brackets
 * @param micros the mean time of a call in microseconds
 * @param error the half-width of its 99.9% interval; nothing if there were too few iterations
 * @param bytes what a call allocates; nothing if the JVM doesn't tell
 */
record Figure(String name, double micros, OptionalDouble error, OptionalDouble bytes) {

  static final String HEAD =
      String.format(Locale.ROOT, "%-44s %12s %10s %12s", "", "µs a call", "±", "bytes a call");

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  static Figure of(RunResult run) {
    Result<?> time = run.getPrimaryResult();
    return new Figure(name(run), time.getScore(), known(time.getScoreError()), allocated(run));
  }

  private static String name(RunResult run) {
    String[] parts = run.getParams().getBenchmark().split("\\.", -1);
    String method = parts[parts.length - 2] + "." + parts[parts.length - 1];
    Collection<String> keys = run.getParams().getParamsKeys();
    return keys.isEmpty()
        ? method
        : method
            + keys.stream()
                .map(key -> lastPart(run.getParams().getParam(key)))
                .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @SuppressWarnings("rawtypes") // As JMH declares it.
  private static OptionalDouble allocated(RunResult run) {
    return run.getSecondaryResults().entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(ALLOCATED))
        .mapToDouble(entry -> entry.getValue().getScore())
        .findFirst();
  }

  private static OptionalDouble known(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  JsonRecord toJson() {
    JsonRecord.Builder json = JsonRecord.builder().put("name", name).put("micros", micros);
    error.ifPresent(value -> json.put("error", value));
    bytes.ifPresent(value -> json.put("bytes", value));
    return json.build();
  }

  /** Returns a line of the table. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-44s %12.2f %10s %12s",
        name,
        micros,
        text(error, "%.2f"),
        text(bytes, "%.0f"));
  }

  private static String text(OptionalDouble value, String format) {
    return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "";
  }
}
