package io.selftaught.judge.djl;

import static java.util.Objects.requireNonNull;

import ai.djl.Device;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.TrainingExample;
import io.selftaught.judge.djl.decoder.DecoderConfig;
import io.selftaught.judge.djl.decoder.DecoderConfigs;
import io.selftaught.judge.djl.text.ChatTokenizer;
import io.selftaught.judge.djl.train.Pretrainer;
import io.selftaught.judge.djl.weights.ElementType;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Trains a small model from random weights, in this process: for examples, tests and research. As
 * in fine-tuning, what is learnt of an example is its completion and the end of the turn.
 *
 * <p>On the CPU the same examples and settings give the same weights, byte for byte, also where a
 * run was cut off and continued.
 */
public final class DjlPretrainer {

  private final DjlOptions options;
  private final TrainingConfig training;
  private final int steps;

  private DjlPretrainer(DjlOptions options, TrainingConfig training, int steps) {
    this.options = requireNonNull(options, "options");
    this.training = requireNonNull(training, "training");
    this.steps = steps;
  }

  /**
   * Returns a trainer.
   *
   * @param options where to train and what to compute in, BF16 or FP32; weights are always kept in
   *     fp32
   * @param training how; epochs are not looked at, for no example comes twice
   * @param steps optimiser steps of the whole run, at least 1
   * @throws IllegalArgumentException if weights are to be quantised, which can't be trained
   */
  public static DjlPretrainer of(DjlOptions options, TrainingConfig training, int steps) {
    if (options.dataType().filter(DjlPretrainer::isQuantised).isPresent()) {
      throw new IllegalArgumentException(
          "options.dataType must be BF16 or FP32 to train in, was " + options.dataType().get());
    }
    return new DjlPretrainer(options, training, steps);
  }

  private static boolean isQuantised(DjlOptions.DataType type) {
    return type == DjlOptions.DataType.INT8 || type == DjlOptions.DataType.INT4;
  }

  /**
   * Trains the model that a directory describes and writes its {@code model.safetensors}, in
   * bfloat16. Beside it a folder {@code checkpoint} says how far a run has come.
   *
   * @param directory holds {@code config.json}, {@code tokenizer.json} and {@code
   *     tokenizer_config.json} with a chat template
   * @param examples at least {@code steps} times the batch size, read as they are needed
   * @throws InvalidInputException if a file is missing or unknown, an example is longer than the
   *     context, or they end too early
   * @throws io.selftaught.judge.TrainingException if a loss or gradient is not finite
   */
  public void train(Path directory, Stream<TrainingExample> examples, ProgressListener listener) {
    Device device = Machine.devices(options).get(0);
    ElementType computed = Machine.precision(options, device).type();
    DecoderConfig config = DecoderConfigs.fromHuggingFace(directory.resolve("config.json"));
    try (ChatTokenizer tokenizer = ChatTokenizer.fromDirectory(directory)) {
      TrainingTurns turns = new TrainingTurns(tokenizer);
      new Pretrainer(config, device, computed, training, steps)
          .train(examples.map(turns::sequence).iterator(), directory, listener);
    }
  }
}
