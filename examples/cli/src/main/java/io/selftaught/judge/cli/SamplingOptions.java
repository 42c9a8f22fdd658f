package io.selftaught.judge.cli;

import io.selftaught.judge.GenerationConfig;
import picocli.CommandLine.Option;

/** The options of the commands that have judgments written. */
final class SamplingOptions {

  /** How judgments are drawn where several are wanted: as in Wang et al. 2024. */
  static final GenerationConfig SAMPLING =
      GenerationConfig.builder().temperature(0.7).topP(0.9).build();

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      converter = Count.class,
      description = "The longest judgment, in tokens. Default: ${DEFAULT-VALUE}.")
  private int maxTokens = 256;

  /** Returns how so many judgments are drawn: a single one greedily. */
  GenerationConfig drawing(int judgments) {
    return judgments == 1 ? GenerationConfig.greedy(maxTokens) : sampling(judgments);
  }

  /** Returns how so many judgments are sampled, be it a single one. */
  GenerationConfig sampling(int judgments) {
    return SAMPLING.toBuilder().samples(judgments).maxTokens(maxTokens).build();
  }
}
