package io.selftaught.judge.core;

import io.selftaught.judge.Adapter;
import io.selftaught.judge.FineTuner;
import io.selftaught.judge.ProgressEvent;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.TrainingExample;
import io.selftaught.judge.core.data.JsonFile;
import io.selftaught.judge.core.data.JsonRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A fine-tuner for tests whose adapter says how many examples it was given. It takes one step an
 * example, keeps a checkpoint after each, and can die at a step.
 */
final class CountingTuner implements FineTuner {

  final List<List<TrainingExample>> trained = new ArrayList<>();
  int steps;
  private final int killAtStep;

  CountingTuner(int killAtStep) {
    this.killAtStep = killAtStep;
  }

  CountingTuner() {
    this(Integer.MAX_VALUE);
  }

  @Override
  public Adapter fineTune(
      List<TrainingExample> examples, Path directory, ProgressListener listener) {
    trained.add(examples);
    Path checkpoint = directory.resolve("checkpoint.json");
    long done = Files.exists(checkpoint) ? JsonFile.read(checkpoint).integer("step") : 0;
    for (long step = done + 1; step <= examples.size(); step++) {
      steps++;
      if (steps >= killAtStep) {
        throw new LearningModel.Killed();
      }
      listener.onProgress(
          new ProgressEvent("train", 0, step, examples.size(), Map.of("loss", 1.0 / step)));
      JsonFile.write(checkpoint, JsonRecord.builder().put("step", step).build());
    }
    JsonFile.write(
        directory.resolve("adapter_config.json"),
        JsonRecord.builder().put("examples", examples.size()).build());
    return new Adapter(directory);
  }

  @Override
  public String toString() {
    return "counting";
  }
}
