package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.core.prompt.Majority;
import io.selftaught.judge.core.prompt.PromptedModel;
import java.util.List;

/** Asks a model for one or more judgments in the order given; the majority decides. */
final class VotingJudge implements Judge {

  private final PromptedModel model;
  private final GenerationConfig config;

  VotingJudge(PromptedModel model, GenerationConfig config) {
    this.model = model;
    this.config = requireNonNull(config, "config");
  }

  @Override
  public Judgment compare(Comparison comparison) {
    List<Trace> traces = model.judge(comparison, config);
    Verdict verdict = Majority.of(traces.stream().map(Trace::verdict).toList());
    return new Judgment(verdict, rationale(traces, verdict), traces);
  }

  /** Returns the reasons of the first sample that agrees with a decided verdict. */
  private String rationale(List<Trace> traces, Verdict verdict) {
    return traces.stream()
        .filter(trace -> verdict.preference().isPresent() && trace.verdict().equals(verdict))
        .findFirst()
        .map(trace -> model.prompt().rationale(trace.text()))
        .orElse("");
  }

  @Override
  public String toString() {
    return (config.samples() == 1 ? "prompted(" : "vote(") + model + ", " + config + ")";
  }
}
