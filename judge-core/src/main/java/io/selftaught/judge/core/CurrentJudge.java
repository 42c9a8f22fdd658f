package io.selftaught.judge.core;

import io.selftaught.judge.LanguageModel;

/** The model that judges now: the seed, which is not owned, then what each round makes of it. */
final class CurrentJudge implements AutoCloseable {

  private final LanguageModel seed;
  private LanguageModel model;

  CurrentJudge(LanguageModel seed) {
    this.seed = seed;
    model = seed;
  }

  LanguageModel model() {
    return model;
  }

  /** Replaces the model by one that this object owns from now on. */
  void become(LanguageModel next) {
    close();
    model = next;
  }

  @Override
  public void close() {
    if (model != seed) {
      model.close();
    }
    model = seed;
  }
}
