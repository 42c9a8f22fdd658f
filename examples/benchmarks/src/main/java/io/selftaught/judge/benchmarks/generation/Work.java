package io.selftaught.judge.benchmarks.generation;

import io.selftaught.judge.core.data.JsonFile;
import io.selftaught.judge.core.data.JsonRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All that every subject does, in order; also as a file, for subjects in other processes.
 *
 * @param ends the tokens that end a text
 */
record Work(List<Integer> ends, List<Pass> passes) {

  Work {
    ends = List.copyOf(ends);
    passes = List.copyOf(passes);
  }

  /** Returns this work with as many tokens for each sample as another subject wrote. */
  Work with(Measurement other) {
    List<Pass> counted = new ArrayList<>();
    for (Pass pass : passes) {
      counted.add(pass.with(other.timing(pass.workload(), pass.promptsOnly()).orElseThrow()));
    }
    return new Work(ends, counted);
  }

  /** Returns the tokens of the longest prompt and what may follow it. */
  int longest() {
    return passes.stream()
        .flatMap(pass -> pass.requests().stream())
        .mapToInt(request -> request.ids().size() + request.config().maxTokens())
        .max()
        .orElseThrow();
  }

  void write(Path file) {
    JsonFile.write(
        file,
        JsonRecord.builder()
            .put("ends", Numbers.join(ends))
            .putRecords("passes", passes.stream().map(Pass::toJson).toList())
            .build());
  }

  static Work read(Path file) {
    JsonRecord json = JsonFile.read(file);
    return new Work(
        Numbers.split(json.text("ends")), json.records("passes").stream().map(Pass::of).toList());
  }
}
