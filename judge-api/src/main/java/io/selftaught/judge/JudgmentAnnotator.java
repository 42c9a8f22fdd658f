package io.selftaught.judge;

/**
 * Fourth stage: samples judgments of a pair and keeps those that agree with its construction. Safe
 * for use by several threads.
 */
@FunctionalInterface
public interface JudgmentAnnotator {

  /**
   * Returns the sampled judgments of a pair.
   *
   * @param judge the model of the current round
   * @param seed the only source of chance
   */
  Annotation annotate(LabeledPair pair, LanguageModel judge, long seed);
}
