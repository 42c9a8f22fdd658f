package io.selftaught.judge;

import java.nio.file.Path;
import java.util.List;

/** Fifth stage: fine-tunes the seed model on examples. */
@FunctionalInterface
public interface FineTuner {

  /**
   * Trains an adapter and writes it. A run that was cut off continues from its last checkpoint in
   * {@code directory} if examples and settings are the same.
   *
   * @param examples what to learn, not empty
   * @param directory receives the adapter; created if missing
   * @param listener is told of loss and speed
   * @throws IllegalArgumentException if {@code examples} is empty
   * @throws TrainingException if the loss is not a finite number; no adapter is written then
   * @throws InvalidInputException if an example does not fit the context
   */
  Adapter fineTune(List<TrainingExample> examples, Path directory, ProgressListener listener);
}
