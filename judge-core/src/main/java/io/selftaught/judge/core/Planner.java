package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.JudgeException;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.prompt.PlanPrompt;
import java.util.Optional;

/** Has a model make one plan a prompt, and remembers the latest ones. Failures are forgotten. */
final class Planner {

  private static final int MOST_PLANS = 1000;
  private static final GenerationConfig CONFIG = GenerationConfig.greedy(1024);

  private final LanguageModel model;
  private final PlanPrompt prompt;
  private final OnceCache<Plan> plans = OnceCache.latest(MOST_PLANS);

  Planner(LanguageModel model, PlanPrompt prompt) {
    this.model = requireNonNull(model, "model");
    this.prompt = requireNonNull(prompt, "prompt");
  }

  LanguageModel model() {
    return model;
  }

  /**
   * Returns the plan for judging answers to an instruction. Who asks while it is being made waits
   * for it; only the one it is made for is told its usage.
   */
  Plan plan(String instruction) {
    boolean[] made = {false};
    Plan plan =
        plans.get(
            instruction,
            () -> {
              made[0] = true;
              return make(instruction);
            });
    if (plan.failure().isPresent()) {
      plans.remove(instruction, plan);
    }
    return made[0] ? plan : new Plan(plan.text(), plan.failure(), Usage.NONE);
  }

  private Plan make(String instruction) {
    Generation reply;
    try {
      reply = prompt.ask(model, instruction, CONFIG);
    } catch (JudgeException e) {
      return new Plan(String.valueOf(e.getMessage()), Optional.of(Cause.FAILED), Usage.UNKNOWN);
    }
    String text = prompt.read(reply.text());
    Optional<Cause> failure =
        switch (reply.finishReason()) {
          case REFUSED -> Optional.of(Cause.REFUSED);
          case LENGTH -> Optional.of(Cause.TRUNCATED);
          case STOP -> text.isBlank() ? Optional.of(Cause.UNPARSABLE) : Optional.empty();
        };
    return new Plan(failure.isPresent() ? reply.text() : text, failure, reply.usage());
  }

  @Override
  public String toString() {
    return prompt.toString();
  }

  /**
   * What came of asking for a plan.
   *
   * @param text the plan; of a failure what the model wrote, or the message of the error
   * @param failure why there is no plan, if there is none
   * @param usage the tokens that it took now; none if it was remembered
   */
  record Plan(String text, Optional<Cause> failure, Usage usage) {}
}
