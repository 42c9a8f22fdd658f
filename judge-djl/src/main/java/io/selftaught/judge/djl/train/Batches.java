package io.selftaught.judge.djl.train;

import java.util.List;

/** What each optimiser step of a run learns from. */
interface Batches {

  /** Returns the optimiser steps of the whole run. */
  int steps();

  /** Returns the examples of a step, counted from 0. */
  List<TrainingSequence> batch(int step);
}
