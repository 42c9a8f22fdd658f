package io.selftaught.judge.djl;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Adapter;
import io.selftaught.judge.FineTuner;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.LoraConfig;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.TrainingExample;
import io.selftaught.judge.djl.train.LoraTrainer;
import java.nio.file.Path;
import java.util.List;

/**
 * Fine-tunes a model with LoRA, in this process. What is learnt of an example is its completion and
 * the end of the turn after it.
 *
 * <p>On the CPU the same examples and settings give the same adapter, byte for byte, also where a
 * run was cut off and continued. Safe for use by several threads with different directories; the
 * model may generate meanwhile and must stay open.
 */
public final class DjlFineTuner implements FineTuner {

  private final DjlModel seed;
  private final LoraConfig lora;
  private final TrainingConfig training;
  private final LoraTrainer trainer;

  private DjlFineTuner(DjlModel seed, LoraConfig lora, TrainingConfig training) {
    this.seed = requireNonNull(seed, "seed");
    this.lora = requireNonNull(lora, "lora");
    this.training = requireNonNull(training, "training");
    this.trainer = new LoraTrainer(seed.weights(), seed.name(), lora, training);
  }

  /**
   * Returns a fine-tuner.
   *
   * @param seed what adapters are trained for; its own adapter, if any, is left out
   * @throws InvalidInputException if {@code lora} names a projection that models don't have, or the
   *     weights of {@code seed} are quantised
   */
  public static DjlFineTuner of(DjlModel seed, LoraConfig lora, TrainingConfig training) {
    return new DjlFineTuner(seed, lora, training);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The adapter stands in {@code directory} itself. Beside it a folder {@code checkpoint} says
   * how far a run has come.
   *
   * @throws InvalidInputException if an example is longer than the context or {@code maxTokens}, or
   *     the directory holds the result of another run
   */
  @Override
  public Adapter fineTune(
      List<TrainingExample> examples, Path directory, ProgressListener listener) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("examples must not be empty");
    }
    TrainingTurns turns = new TrainingTurns(seed.tokenizer());
    trainer.train(examples.stream().map(turns::sequence).toList(), directory, listener);
    return new Adapter(directory);
  }

  @Override
  public String toString() {
    return "DjlFineTuner[%s, %s, %s]".formatted(seed, lora, training);
  }
}
