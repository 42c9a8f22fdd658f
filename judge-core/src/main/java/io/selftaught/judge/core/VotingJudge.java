package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.core.prompt.Majority;
import io.selftaught.judge.core.prompt.PromptedModel;
import java.util.List;
import java.util.Optional;

/** Asks a model for one or more judgments in the order given; the majority decides. */
final class VotingJudge implements Judge {

  private final PromptedModel model;
  private final GenerationConfig config;
  private final TiePolicy policy;

  VotingJudge(PromptedModel model, GenerationConfig config, TiePolicy policy) {
    this.model = model;
    this.config = requireNonNull(config, "config");
    this.policy = requireNonNull(policy, "policy");
  }

  @Override
  public Judgment compare(Comparison comparison) {
    List<Trace> traces = model.judge(comparison, config);
    List<Verdict> votes = traces.stream().map(Trace::verdict).toList();
    Verdict verdict = policy.decide(votes);
    Optional<Probabilities> probabilities =
        votes.size() == 1 ? Optional.empty() : Majority.shares(votes, model.prompt().ties());
    return new Judgment(verdict, rationale(traces, verdict), traces, probabilities);
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
    String ties = policy == TiePolicy.UNDECIDED ? "" : ", " + policy;
    return (config.samples() == 1 ? "prompted(" : "vote(") + model + ", " + config + ties + ")";
  }
}
