package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.BudgetException;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
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
    List<Generation> generations = model.generate(messages, config);
    Usage usage = generations.stream().map(Generation::usage).reduce(Usage.NONE, Usage::plus);
    budget.spend(usage, most(messages, config));
    return generations;
  }

  /** A token has at least one byte. */
  private static Usage most(List<ChatMessage> messages, GenerationConfig config) {
    long prompt = 0;
    for (ChatMessage message : messages) {
      int bytes = message.content().getBytes(StandardCharsets.UTF_8).length;
      prompt += bytes + TOKENS_AROUND_A_MESSAGE;
    }
    return Usage.of(prompt, (long) config.maxTokens() * config.samples());
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
