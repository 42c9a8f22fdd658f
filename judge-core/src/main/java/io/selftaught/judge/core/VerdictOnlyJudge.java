package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Trace;
import io.selftaught.judge.core.prompt.PromptedModel;
import java.util.List;

/** Asks a model for nothing but the verdict, and for how likely it holds each. */
final class VerdictOnlyJudge implements Judge {

  private final PromptedModel model;

  VerdictOnlyJudge(PromptedModel model) {
    this.model = requireNonNull(model, "model");
  }

  @Override
  public Judgment compare(Comparison comparison) {
    Trace trace = model.decide(comparison);
    return new Judgment(trace.verdict(), "", List.of(trace), trace.probabilities());
  }

  @Override
  public String toString() {
    return "verdictOnly(" + model + ")";
  }
}
