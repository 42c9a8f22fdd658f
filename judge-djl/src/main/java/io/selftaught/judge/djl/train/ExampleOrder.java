package io.selftaught.judge.djl.train;

import io.selftaught.judge.TrainingConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which examples each optimiser step learns from: all once per epoch, in an order of the seed's, so
 * that any step can be asked for without those before it.
 *
 * @param sequences all examples
 * @param config epochs, batch size and seed
 */
record ExampleOrder(List<TrainingSequence> sequences, TrainingConfig config) implements Batches {

  @Override
  public int steps() {
    return Math.multiplyExact(stepsPerEpoch(), config.epochs());
  }

  private int stepsPerEpoch() {
    return (sequences.size() + config.batchSize() - 1) / config.batchSize();
  }

  @Override
  public List<TrainingSequence> batch(int step) {
    List<TrainingSequence> shuffled = new ArrayList<>(sequences);
    int epoch = step / stepsPerEpoch();
    Collections.shuffle(shuffled, new Random(config.seed() + 0x9E3779B97F4A7C15L * (epoch + 1)));
    int first = step % stepsPerEpoch() * config.batchSize();
    return shuffled.subList(first, Math.min(shuffled.size(), first + config.batchSize()));
  }
}
