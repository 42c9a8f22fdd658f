package io.selftaught.judge.djl.decoder;

import io.selftaught.judge.InvalidInputException;

/**
 * The shape of a decoder, in the names of Hugging Face's {@code config.json}.
 *
 * @param modelType the architecture: {@code llama} or {@code qwen2}
 * @param vocabSize rows of the embedding
 * @param hiddenSize width of the residual stream
 * @param intermediateSize width inside the feed-forward network
 * @param numHiddenLayers layers
 * @param numAttentionHeads query heads
 * @param numKeyValueHeads key and value heads, each of which serves a group of query heads
 * @param headDim width of a head, even
 * @param maxPositionEmbeddings the longest context, in tokens
 * @param rmsNormEps added to the mean square
 * @param ropeTheta base of the rotary frequencies
 * @param attentionBias whether the query, key and value projections have biases
 * @param tieWordEmbeddings whether the head is the embedding
 */
public record DecoderConfig(
    String modelType,
    int vocabSize,
    int hiddenSize,
    int intermediateSize,
    int numHiddenLayers,
    int numAttentionHeads,
    int numKeyValueHeads,
    int headDim,
    int maxPositionEmbeddings,
    double rmsNormEps,
    double ropeTheta,
    boolean attentionBias,
    boolean tieWordEmbeddings) {

  /** Checks that the sizes fit each other. */
  public DecoderConfig {
    positive("vocab_size", vocabSize);
    positive("hidden_size", hiddenSize);
    positive("intermediate_size", intermediateSize);
    positive("num_hidden_layers", numHiddenLayers);
    positive("num_attention_heads", numAttentionHeads);
    positive("num_key_value_heads", numKeyValueHeads);
    positive("head_dim", headDim);
    positive("max_position_embeddings", maxPositionEmbeddings);
    if (numAttentionHeads % numKeyValueHeads != 0) {
      throw new InvalidInputException(
          "num_attention_heads (%d) must be a multiple of num_key_value_heads (%d)"
              .formatted(numAttentionHeads, numKeyValueHeads));
    }
    if (headDim % 2 != 0) {
      throw new InvalidInputException("head_dim must be even, was " + headDim);
    }
    if (!(rmsNormEps > 0 && ropeTheta > 0)) {
      throw new InvalidInputException(
          "rms_norm_eps and rope_theta must be above 0, were %s and %s"
              .formatted(rmsNormEps, ropeTheta));
    }
  }

  private static void positive(String key, int value) {
    if (value < 1) {
      throw new InvalidInputException(key + " must be at least 1, was " + value);
    }
  }

  /** Returns the width of all query heads together. */
  public int queryWidth() {
    return Math.multiplyExact(numAttentionHeads, headDim);
  }

  /** Returns the width of all key heads together, which is also that of the value heads. */
  public int keyValueWidth() {
    return Math.multiplyExact(numKeyValueHeads, headDim);
  }

  /**
   * Returns the rotary frequency of each pair of a head, [headDim / 2]: {@code ropeTheta ^ (-2i /
   * headDim)} (Su et al. 2021).
   */
  public float[] inverseFrequencies() {
    float[] frequencies = new float[headDim / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = (float) (1 / Math.pow(ropeTheta, 2.0 * i / headDim));
    }
    return frequencies;
  }
}
