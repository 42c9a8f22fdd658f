package io.selftaught.judge.djl.train;

import io.selftaught.judge.ProgressEvent;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.TrainingException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** Takes the optimiser steps of a run and tells of each. */
final class TrainingLoop {

  /** Tokens computed at once: enough to use all cores, few enough to need little memory. */
  private static final int MICRO_BATCH_TOKENS = 2048;

  private final String stage;
  private final Trainer trainer;
  private final Batches batches;
  private final TrainingConfig config;
  private final Schedule schedule;
  private final ProgressListener listener;

  TrainingLoop(
      String stage,
      Trainer trainer,
      Batches batches,
      TrainingConfig config,
      ProgressListener listener) {
    this.stage = stage;
    this.trainer = trainer;
    this.batches = batches;
    this.config = config;
    this.schedule = new Schedule(config, batches.steps());
    this.listener = listener;
  }

  /**
   * Takes the steps from {@code first} on.
   *
   * @param save is told how many steps are done, whenever it is time to keep them; not after the
   *     last
   * @throws TrainingException if a loss or gradient is not finite or a step has nothing to learn
   */
  void run(int first, IntConsumer save) {
    for (int step = first; step < batches.steps(); step++) {
      run(step);
      int done = step + 1;
      if (done % config.checkpointSteps() == 0 && done < batches.steps()) {
        save.accept(done);
      }
    }
  }

  private void run(int step) {
    long start = System.nanoTime();
    List<TrainingSequence> batch =
        batches.batch(step).stream().filter(sequence -> sequence.learnt() > 0).toList();
    if (batch.isEmpty()) {
      throw new TrainingException("Step %d has no token to learn".formatted(step + 1));
    }
    double loss = accumulate(step, batch);
    double rate = schedule.learningRate(step);
    double norm =
        trainer.step(
            new Trainer.Step(
                rate,
                config.beta1(),
                config.beta2(),
                config.weightDecay(),
                config.maxGradientNorm()));
    if (!Double.isFinite(norm)) {
      throw stopped("gradient", norm, step, batch);
    }
    long tokens = batch.stream().mapToLong(TrainingSequence::length).sum();
    double seconds = (System.nanoTime() - start) / 1e9;
    listener.onProgress(
        new ProgressEvent(
            stage,
            0,
            step + 1,
            batches.steps(),
            Map.of(
                "loss",
                loss,
                "learning rate",
                rate,
                "gradient norm",
                norm,
                "tokens/s",
                tokens / seconds)));
  }

  /** The mean is over all learnt tokens of the step, however they are split. */
  private double accumulate(int step, List<TrainingSequence> batch) {
    SplittableRandom seeds = new SplittableRandom(config.seed() + 0x9E3779B97F4A7C15L * (step + 1));
    int learnt = batch.stream().mapToInt(TrainingSequence::learnt).sum();
    double sum = 0;
    for (MicroBatch part : MicroBatch.split(batch, MICRO_BATCH_TOKENS)) {
      sum += trainer.accumulate(part, 1.0 / learnt, seeds.nextInt());
    }
    double loss = sum / learnt;
    if (!Double.isFinite(loss)) {
      throw stopped("loss", loss, step, batch);
    }
    return loss;
  }

  private static TrainingException stopped(
      String what, double value, int step, List<TrainingSequence> batch) {
    return new TrainingException(
        "The %s became %s in step %d, which learnt from %s; lower the learning rate or look at these examples"
            .formatted(what, value, step + 1, batch.stream().map(TrainingSequence::id).toList()));
  }
}
