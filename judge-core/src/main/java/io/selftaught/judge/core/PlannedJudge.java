package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Usage;
import io.selftaught.judge.core.Planner.Plan;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.prompt.PromptedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges by a plan that was made before the answers were seen. */
final class PlannedJudge implements Judge {

  private final Planner planner;
  private final JudgePrompt prompt;
  private final GenerationConfig config;
  private final TiePolicy policy;

  PlannedJudge(Planner planner, JudgePrompt prompt, GenerationConfig config, TiePolicy policy) {
    this.planner = planner;
    this.prompt = prompt;
    this.config = requireNonNull(config, "config");
    this.policy = requireNonNull(policy, "policy");
    if (!prompt.hasPlan()) {
      throw new IllegalArgumentException("prompt must have the placeholder {plan}, was " + prompt);
    }
  }

  @Override
  public Judgment compare(Comparison comparison) {
    Plan plan = planner.plan(comparison.prompt());
    return plan.failure()
        .map(cause -> Judgments.undecided(cause, plan.text(), plan.usage()))
        .orElseGet(() -> carryOut(plan, comparison));
  }

  private Judgment carryOut(Plan plan, Comparison comparison) {
    PromptedModel model = new PromptedModel(planner.model(), prompt.withPlan(plan.text()));
    Judgment judgment = new VotingJudge(model, config, policy).compare(comparison);
    List<Trace> traces = new ArrayList<>();
    Usage before = plan.usage();
    for (Trace trace : judgment.traces()) {
      traces.add(
          new Trace(
              trace.order(),
              trace.text(),
              trace.verdict(),
              before.plus(trace.usage()),
              trace.probabilities(),
              Optional.of(plan.text())));
      before = Usage.NONE;
    }
    return new Judgment(judgment.verdict(), judgment.rationale(), traces, judgment.probabilities());
  }

  @Override
  public String toString() {
    return "planned(%s, plan %s, %s, %s%s)"
        .formatted(
            planner.model().name(),
            planner,
            prompt,
            config,
            policy == TiePolicy.UNDECIDED ? "" : ", " + policy);
  }
}
