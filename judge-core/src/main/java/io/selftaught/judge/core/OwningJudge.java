package io.selftaught.judge.core;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.LanguageModel;

/**
 * A judge that closes the model it was made of.
 *
 * @param judge does the judging
 * @param model is closed with it
 */
record OwningJudge(Judge judge, LanguageModel model) implements Judge {

  @Override
  public Judgment compare(Comparison comparison) {
    return judge.compare(comparison);
  }

  @Override
  public void close() {
    try {
      judge.close();
    } finally {
      model.close();
    }
  }

  @Override
  public String toString() {
    return judge.toString();
  }
}
