package io.selftaught.judge.benchmarks.generation;

import io.selftaught.judge.djl.decoder.DecoderConfig;

/**
 * How many weights of a model take part in what. Norms and biases are counted, attention over keys
 * and values is not.
 *
 * @param parameters all weights
 * @param embedding those of the embedding
 * @param tied whether the head is the embedding
 */
record Shape(long parameters, long embedding, boolean tied, int hiddenSize, int intermediateSize) {

  static Shape of(DecoderConfig config, long parameters) {
    return new Shape(
        parameters,
        (long) config.vocabSize() * config.hiddenSize(),
        config.tieWordEmbeddings(),
        config.hiddenSize(),
        config.intermediateSize());
  }

  /** Returns the operations for one token of a prompt: only its last one needs the head. */
  double flopsPerPromptToken() {
    return 2.0 * (parameters - embedding * (tied ? 1 : 2));
  }

  /** Returns the part of all weights that is read to add one token to any number of texts. */
  double readPerStep() {
    return tied ? 1 : (double) (parameters - embedding) / parameters;
  }
}
