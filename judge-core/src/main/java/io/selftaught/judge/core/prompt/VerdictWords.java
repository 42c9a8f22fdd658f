package io.selftaught.judge.core.prompt;

/** The words, as alternatives of a pattern, in which judges give verdicts. */
final class VerdictWords {

  /** What an answer is called. */
  static final String NOUN = "(?:answer|assistant|response|output|option|choice)";

  /** What draws a conclusion. */
  static final String CONCLUDING = "so|thus|therefore|hence";

  /** What the better answer is called. */
  static final String BETTER =
      "better|best|superior|stronger|strongest|preferred|preferable|winner";

  /** What a judgment is called. */
  static final String VERDICT = "verdict|answer|decision|choice|judge?ment|winner";

  /** What stands before a verdict and says nothing else. */
  static final String LABELLING =
      CONCLUDING + "|overall|my|the|final|better|conclusion|is|" + VERDICT;

  /** What a judge says of itself when it chooses. */
  static final String CHOOSING = "choose|prefer|pick|select";

  private VerdictWords() {}
}
