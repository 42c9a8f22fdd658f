package io.selftaught.judge.report;

import io.selftaught.judge.Order;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.core.data.Journal;
import io.selftaught.judge.core.data.JsonFile;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.data.JudgeJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What lies in a run directory beside the report. What is not there is empty. */
record RunFiles(Path directory) {

  /** A judgment without its text. */
  record Sample(Order order, Verdict verdict, int characters) {
    private static Sample of(Trace trace) {
      return new Sample(trace.order(), trace.verdict(), trace.text().length());
    }
  }

  /** Returns what the run was made with, by name. */
  Map<String, String> settings() {
    Path manifest = directory.resolve("run.json");
    return Files.exists(manifest)
        ? new TreeMap<>(JsonFile.read(manifest).textMap("settings"))
        : Map.of();
  }

  /** Returns the losses of a round by step; of a step that was done again, its last one. */
  NavigableMap<Long, Double> losses(int round) {
    NavigableMap<Long, Double> losses = new TreeMap<>();
    Journal.read(ofRound(round, "losses.jsonl"), line -> line)
        .records()
        .forEach(line -> losses.put(line.integer("step"), line.number("loss")));
    return losses;
  }

  /** Returns the judgments that were sampled in a round, A being the better answer. */
  List<Sample> samples(int round) {
    Map<String, List<Sample>> byPair = new HashMap<>();
    Journal.read(
            ofRound(round, "annotate.jsonl"), line -> Map.entry(line.text("id"), samples(line)))
        .records()
        .forEach(entry -> byPair.put(entry.getKey(), entry.getValue()));
    return byPair.values().stream().flatMap(List::stream).toList();
  }

  private Path ofRound(int round, String name) {
    return directory.resolve("round-" + round).resolve(name);
  }

  private static List<Sample> samples(JsonRecord line) {
    return line.has("kept")
        ? line.record("kept").records("traces").stream()
            .map(JudgeJson::trace)
            .map(Sample::of)
            .toList()
        : List.of();
  }
}
