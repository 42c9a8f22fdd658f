package io.selftaught.judge.benchmarks.generation;

import io.selftaught.judge.core.data.JsonFile;
import io.selftaught.judge.core.data.JsonRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was measured of one subject.
 *
 * @param settings everything that was chosen for it, and what it tells of itself
 * @param weightBytes what all weights take
 * @param peakBytes the most memory that its process has held; 0 if the system doesn't tell
 */
record Measurement(
    Map<String, String> settings, long weightBytes, long peakBytes, List<Timing> timings) {

  Measurement {
    timings = List.copyOf(timings);
  }

  Optional<Timing> timing(Workload workload, boolean promptsOnly) {
    return timings.stream()
        .filter(t -> t.workload() == workload && t.promptsOnly() == promptsOnly)
        .findFirst();
  }

  JsonRecord toJson() {
    return JsonRecord.builder()
        .putTextMap("settings", settings)
        .put("weightBytes", weightBytes)
        .put("peakBytes", peakBytes)
        .putRecords("timings", timings.stream().map(Timing::toJson).toList())
        .build();
  }

  void write(Path file) {
    JsonFile.write(file, toJson());
  }

  static Measurement read(Path file) {
    JsonRecord json = JsonFile.read(file);
    return new Measurement(
        json.textMap("settings"),
        json.integer("weightBytes"),
        json.integer("peakBytes"),
        json.records("timings").stream().map(Timing::of).toList());
  }
}
