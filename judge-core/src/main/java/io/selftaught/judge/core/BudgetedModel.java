package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.BudgetException;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Asks a model as long as the budget lasts. */
final class BudgetedModel implements LanguageModel {

  /** What chat templates put around a message, generously. */
  private static final int TOKENS_AROUND_A_MESSAGE = 16;

  private final LanguageModel model;
  private final Budget budget;

  BudgetedModel(LanguageModel model, Budget budget) {
    this.model = requireNonNull(model, "model");
    this.budget = requireNonNull(budget, "budget");
  }

  @Override
  public List<Generation> generate(List<ChatMessage> messages, GenerationConfig config) {
    if (budget.isSpent()) {
      throw new BudgetException(budget + " is spent; raise it to go on");
    }
    Usage most = most(messages, config);
    List<Generation> generations;
    try {
      generations = model.generate(messages, config);
    } catch (RuntimeException e) {
      if (mayHaveCost(e)) {
        budget.spend(Usage.UNKNOWN, most);
      }
      throw e;
    }
    Usage usage = generations.stream().map(Generation::usage).reduce(Usage.NONE, Usage::plus);
    budget.spend(usage, most);
    return generations;
  }

  /** Refused for what it is, a call reads and writes nothing; else the answer may only be lost. */
  private static boolean mayHaveCost(RuntimeException failure) {
    return !(failure instanceof InvalidInputException
        || failure instanceof BudgetException
        || failure instanceof IllegalArgumentException
        || failure instanceof IllegalStateException);
  }

  /**
   * A token has at least one byte, and a model may read the conversation anew for each sample: a
   * server that gives one sample at a time does.
   */
  private static Usage most(List<ChatMessage> messages, GenerationConfig config) {
    long prompt = 0;
    for (ChatMessage message : messages) {
      int bytes = message.content().getBytes(StandardCharsets.UTF_8).length;
      prompt += bytes + TOKENS_AROUND_A_MESSAGE;
    }
    long samples = config.samples();
    return Usage.of(prompt * samples, config.maxTokens() * samples);
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public String toString() {
    return "budgeted(" + model.name() + ", " + budget + ")";
  }
}
