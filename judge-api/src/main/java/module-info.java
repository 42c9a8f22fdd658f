/**
 * Judges, verdicts, language models and the stages of self-training: interfaces and values only.
 */
module io.selftaught.judge {
  requires static org.jspecify;

  exports io.selftaught.judge;
}
