package io.selftaught.judge.benchmarks.generation;

import io.selftaught.judge.benchmarks.Machine;
import io.selftaught.judge.core.data.JsonRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** All figures of a run, as a table and as JSON. */
final class GenerationReport {

  private static final String ROW = "%-48s %8s %9s %9s %9s %9s %9s %7s";

  private final Machine machine;
  private final Shape shape;
  private final Map<String, String> settings;
  private final Map<String, Measurement> measurements = new LinkedHashMap<>();
  private final Map<String, Roofline> rooflines = new LinkedHashMap<>();

  /** Begins a report. {@code settings} are those of the whole run. */
  GenerationReport(Machine machine, Shape shape, Map<String, String> settings) {
    this.machine = machine;
    this.shape = shape;
    this.settings = settings;
  }

  /** Takes over what was measured of a subject, and what the machine could do meanwhile. */
  void add(String subject, Measurement measurement, Roofline roofline) {
    measurements.put(subject, measurement);
    rooflines.put(subject, roofline);
  }

  /** Returns the lines of the table: workload by workload, the subjects below each other. */
  List<String> table() {
    List<String> lines = new ArrayList<>();
    rooflines.forEach((name, roofline) -> lines.add("Beside %s: %s".formatted(name, roofline)));
    for (Workload workload : Workload.values()) {
      List<String> rows = rows(workload);
      if (workload != Workload.WARM_UP && !rows.isEmpty()) {
        lines.add("");
        lines.add(head(workload));
        lines.addAll(rows);
      }
    }
    return lines;
  }

  private static String head(Workload workload) {
    return String.format(
        Locale.ROOT,
        ROW,
        workload,
        "seconds",
        "prompt",
        "new",
        "prefill/s",
        "decode/s",
        "pairs/min",
        "of roof");
  }

  private List<String> rows(Workload workload) {
    List<String> rows = new ArrayList<>();
    measurements.forEach(
        (name, measurement) ->
            Rates.of(measurement, workload)
                .ifPresent(rates -> rows.add(row(name, measurement, rates))));
    return rows;
  }

  private String row(String name, Measurement measurement, Rates rates) {
    return String.format(
        Locale.ROOT,
        ROW,
        "  " + name,
        number("%.1f", rates.seconds()),
        rates.promptTokens(),
        rates.newTokens(),
        text("%.0f", rates.prefill()),
        text("%.1f", rates.decode()),
        text("%.1f", rates.pairsPerMinute()),
        text("%.2f", share(name, measurement, rates)));
  }

  private OptionalDouble share(String name, Measurement measurement, Rates rates) {
    return rates.share(
        shape, measurement.weightBytes(), Objects.requireNonNull(rooflines.get(name)));
  }

  /** Returns the lines that tell of each subject what it took and how it was set. */
  List<String> subjects() {
    List<String> lines = new ArrayList<>();
    measurements.forEach(
        (name, measurement) -> {
          lines.add("");
          lines.add(
              "%s: peak memory %s MiB, weights %d MiB"
                  .formatted(
                      name,
                      measurement.peakBytes() == 0 ? "?" : measurement.peakBytes() >> 20,
                      measurement.weightBytes() >> 20));
          measurement.settings().forEach((key, value) -> lines.add("  " + key + ": " + value));
        });
    return lines;
  }

  JsonRecord toJson() {
    return JsonRecord.builder()
        .put("machine", machine.toJson())
        .putTextMap("settings", settings)
        .putRecords(
            "subjects",
            measurements.entrySet().stream().map(e -> subject(e.getKey(), e.getValue())).toList())
        .build();
  }

  private JsonRecord subject(String name, Measurement measurement) {
    List<JsonRecord> figures = new ArrayList<>();
    for (Workload workload : Workload.values()) {
      Optional<Rates> rates = Rates.of(measurement, workload);
      rates.ifPresent(r -> figures.add(figure(name, measurement, r)));
    }
    return JsonRecord.builder()
        .put("name", name)
        .put("roofline", Objects.requireNonNull(rooflines.get(name)).toJson())
        .putRecords("figures", figures)
        .putAll(measurement.toJson())
        .build();
  }

  private JsonRecord figure(String name, Measurement measurement, Rates rates) {
    JsonRecord.Builder json = JsonRecord.builder().putAll(rates.toJson());
    share(name, measurement, rates).ifPresent(value -> json.put("shareOfRoofline", value));
    return json.build();
  }

  private static String text(String format, OptionalDouble value) {
    return value.isPresent() ? number(format, value.getAsDouble()) : "";
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
