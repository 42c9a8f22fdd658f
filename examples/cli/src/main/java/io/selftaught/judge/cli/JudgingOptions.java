package io.selftaught.judge.cli;

import io.selftaught.judge.AdaptableModel;
import io.selftaught.judge.Adapter;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judge;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.djl.ModelInfo;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the commands that judge. */
final class JudgingOptions {

  /**
   * Below this, a model needs a reply that is begun for it and a verdict that is forced where it
   * wrote none.
   */
  private static final long SMALL_MODEL_PARAMETERS = 2_000_000_000;

  /** The longest judgment, unless said otherwise. */
  static final int MAX_TOKENS = 256;

  /** How judgments are drawn where several are wanted: as in Wang et al. 2024. */
  static final GenerationConfig SAMPLING =
      GenerationConfig.builder().temperature(0.7).topP(0.9).build();

  @Option(
      names = "--adapter",
      paramLabel = "DIR",
      description = "An adapter to put on the model, in the layout of PEFT.")
  private @Nullable Path adapter;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      converter = Count.class,
      description = "The longest judgment, in tokens. Default: ${DEFAULT-VALUE}.")
  private int maxTokens = MAX_TOKENS;

  @Option(
      names = "--verdict-only",
      description =
          "Ask for the verdict alone, without reasons, and go by its probability: fast, and for "
              + "small models often better. Both orders are averaged.")
  private boolean verdictOnly;

  /** Returns the model that judges; to be closed before {@code base}. */
  LanguageModel judgeModel(AdaptableModel base) {
    return adapter == null ? base : base.withAdapter(new Adapter(adapter));
  }

  /** Returns the judge in both orders. */
  Judge inBothOrders(LanguageModel model, ModelInfo info, int votes) {
    Judge once = inOneOrder(model, info, votes);
    return verdictOnly ? Judges.averagedOrders(once) : Judges.bothOrders(once);
  }

  /** Returns the judge in one order, which reasons once, or votes, or gives the verdict alone. */
  Judge inOneOrder(LanguageModel model, ModelInfo info, int votes) {
    if (verdictOnly) {
      return Judges.verdictOnly(model);
    }
    JudgePrompt prompt = prompt(info);
    return votes == 1
        ? Judges.prompted(model, prompt, GenerationConfig.greedy(maxTokens))
        : Judges.vote(
            model, prompt, SAMPLING.toBuilder().samples(votes).maxTokens(maxTokens).build());
  }

  /** Returns the prompt that suits a model; trained and asked with the same one. */
  static JudgePrompt prompt(ModelInfo info) {
    return info.parameters() < SMALL_MODEL_PARAMETERS
        ? JudgePrompt.compact()
        : JudgePrompt.standard();
  }
}
