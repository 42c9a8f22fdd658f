package io.selftaught.judge.djl.train;

import io.selftaught.judge.TrainingConfig;

/**
 * The learning rate over a run: linear warm-up to the peak, then half a cosine down to {@code
 * finalLearningRateRatio} of it at the last step.
 *
 * @param config peak, final ratio and warm-up
 * @param steps the optimiser steps of the whole run
 */
record Schedule(TrainingConfig config, int steps) {

  /** Returns the learning rate of a step, counted from 0. */
  double learningRate(int step) {
    int warmup = Math.min(config.warmupSteps(), steps - 1);
    if (step < warmup) {
      return config.learningRate() * (step + 1) / (warmup + 1);
    }
    double progress = steps - 1 == warmup ? 0 : (step - warmup) / (double) (steps - 1 - warmup);
    double end = config.finalLearningRateRatio();
    return config.learningRate() * (end + (1 - end) * (1 + Math.cos(Math.PI * progress)) / 2);
  }
}
