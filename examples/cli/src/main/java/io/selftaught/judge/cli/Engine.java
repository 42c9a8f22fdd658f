package io.selftaught.judge.cli;

import io.selftaught.judge.AdaptableModel;
import io.selftaught.judge.FineTuner;
import io.selftaught.judge.LoraConfig;
import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.djl.ModelInfo;

/** Runs the model that a command line names; in tests, a scripted one. */
@FunctionalInterface
interface Engine {

  /**
   * Loads a model.
   *
   * @throws io.selftaught.judge.InvalidInputException if its files cannot be used
   */
  Opened open(ModelOptions options);

  /** A model that is ready, and what else a command may need of it. */
  interface Opened extends AutoCloseable {

    AdaptableModel model();

    ModelInfo info();

    FineTuner fineTuner(LoraConfig lora, TrainingConfig training);

    @Override
    void close();
  }
}
