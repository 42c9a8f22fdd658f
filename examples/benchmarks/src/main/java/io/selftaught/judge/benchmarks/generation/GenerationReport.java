package io.selftaught.judge.benchmarks.generation;

import io.selftaught.judge.benchmarks.Machine;
import io.selftaught.judge.core.data.JsonRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** All figures of a run, as a table and as JSON. */
final class GenerationReport {

  private static final String ROW = "%-48s %8s %9s %9s %9s %9s %9s %7s";

  private final Machine machine;
  private final Shape shape;
  private final Map<String, String> settings;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** What was measured of a subject, and what the machine could do meanwhile. */
  private record Entry(String subject, Measurement measurement, Roofline roofline) {}

  /** Begins a report. {@code settings} are those of the whole run. */
  GenerationReport(Machine machine, Shape shape, Map<String, String> settings) {
    this.machine = machine;
    this.shape = shape;
    this.settings = settings;
  }

  /** Takes over what was measured of a subject, and what the machine could do meanwhile. */
  void add(String subject, Measurement measurement, Roofline roofline) {
    entries.put(subject, new Entry(subject, measurement, roofline));
  }

  /** Returns the lines of the table: workload by workload, the subjects below each other. */
  List<String> table() {
    List<String> lines = new ArrayList<>();
    entries.values().forEach(e -> lines.add("Beside %s: %s".formatted(e.subject(), e.roofline())));
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
    entries
        .values()
        .forEach(
            entry ->
                Rates.of(entry.measurement(), workload)
                    .ifPresent(rates -> rows.add(row(entry, rates))));
    return rows;
  }

  private String row(Entry entry, Rates rates) {
    return String.format(
        Locale.ROOT,
        ROW,
        "  " + entry.subject(),
        number("%.1f", rates.seconds()),
        rates.promptTokens(),
        rates.newTokens(),
        text("%.0f", rates.prefill()),
        text("%.1f", rates.decode()),
        text("%.1f", rates.pairsPerMinute()),
        text("%.2f", share(entry, rates)));
  }

  private OptionalDouble share(Entry entry, Rates rates) {
    return rates.share(shape, entry.measurement().weightBytes(), entry.roofline());
  }

  /** Returns the lines that tell of each subject what it took and how it was set. */
  List<String> subjects() {
    List<String> lines = new ArrayList<>();
    entries
        .values()
        .forEach(
            entry -> {
              Measurement measurement = entry.measurement();
              lines.add("");
              lines.add(
                  "%s: peak memory %s MiB, weights %d MiB"
                      .formatted(
                          entry.subject(),
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
        .putRecords("subjects", entries.values().stream().map(this::subject).toList())
        .build();
  }

  private JsonRecord subject(Entry entry) {
    List<JsonRecord> figures = new ArrayList<>();
    for (Workload workload : Workload.values()) {
      Optional<Rates> rates = Rates.of(entry.measurement(), workload);
      rates.ifPresent(r -> figures.add(figure(entry, r)));
    }
    return JsonRecord.builder()
        .put("name", entry.subject())
        .put("roofline", entry.roofline().toJson())
        .putRecords("figures", figures)
        .putAll(entry.measurement().toJson())
        .build();
  }

  private JsonRecord figure(Entry entry, Rates rates) {
    JsonRecord.Builder json = JsonRecord.builder().putAll(rates.toJson());
    share(entry, rates).ifPresent(value -> json.put("shareOfRoofline", value));
    return json.build();
  }

  private static String text(String format, OptionalDouble value) {
    return value.isPresent() ? number(format, value.getAsDouble()) : "";
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
