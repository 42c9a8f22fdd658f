package io.selftaught.judge.djl.decoder;

import io.selftaught.judge.InvalidInputException;
import java.util.List;

/**
 * The shape of a decoder, in the names of Hugging Face's {@code config.json}.
 *
 * @param family what differs from Llama
 * @param vocabSize rows of the embedding
 * @param hiddenSize width of the residual stream
 * @param intermediateSize width inside the feed-forward network
 * @param numAttentionHeads query heads
 * @param numKeyValueHeads key and value heads, each of which serves a group of query heads
 * @param headDim width of a head, even
 * @param maxPositionEmbeddings the longest context, in tokens
 * @param rmsNormEps added to the mean square
 * @param tieWordEmbeddings whether the head is the embedding
 * @param slidingWindow how many positions layers with a window see, their own included; 0 if no
 *     layer has one
 * @param rotaries the rotary positions that layers choose from
 * @param layers what differs from layer to layer
 * @param scales constants that multiply or bound
 * @param experts of the layers that have them
 */
public record DecoderConfig(
    Family family,
    int vocabSize,
    int hiddenSize,
    int intermediateSize,
    int numAttentionHeads,
    int numKeyValueHeads,
    int headDim,
    int maxPositionEmbeddings,
    double rmsNormEps,
    boolean tieWordEmbeddings,
    int slidingWindow,
    List<Rotary> rotaries,
    List<Layer> layers,
    Scales scales,
    Experts experts) {

  /** Checks that the sizes fit each other. */
  public DecoderConfig {
    positive("vocab_size", vocabSize);
    positive("hidden_size", hiddenSize);
    positive("intermediate_size", intermediateSize);
    positive("num_hidden_layers", layers.size());
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
    if (!(rmsNormEps > 0)) {
      throw new InvalidInputException("rms_norm_eps must be above 0, was " + rmsNormEps);
    }
    if (slidingWindow < 0) {
      throw new InvalidInputException("sliding_window must be at least 1, was " + slidingWindow);
    }
    rotaries = List.copyOf(rotaries);
    layers = List.copyOf(layers);
  }

  private static void positive(String key, int value) {
    if (value < 1) {
      throw new InvalidInputException(key + " must be at least 1, was " + value);
    }
  }

  /**
   * One layer.
   *
   * @param rotary the index of its rotary positions, -1 if it knows no positions
   * @param windowed whether it sees only the nearest positions
   * @param mixed whether its feed-forward network is a mixture of experts
   */
  public record Layer(int rotary, boolean windowed, boolean mixed) {}

  /**
   * Constants that multiply or bound; Llama's are those of {@link #plain}.
   *
   * @param embedding multiplies the embedding of a token
   * @param attention multiplies the scores of attention
   * @param residual multiplies what a sub-layer adds to the residual stream
   * @param logits divides the logits
   * @param attentionCap keeps scores within plus and minus itself by tanh, 0 for no bound
   * @param logitCap the same of logits
   * @param norm added to the weights of norms
   */
  public record Scales(
      double embedding,
      double attention,
      double residual,
      double logits,
      double attentionCap,
      double logitCap,
      double norm) {

    /** Checks that attention has a scale. */
    public Scales {
      for (double scale : new double[] {embedding, attention, residual, logits}) {
        if (!(scale > 0) || Double.isInfinite(scale)) {
          throw new InvalidInputException("Multipliers must be above 0 and finite, was " + scale);
        }
      }
      if (!(attentionCap >= 0 && logitCap >= 0)) {
        throw new InvalidInputException(
            "Soft caps must be above 0, were %s and %s".formatted(attentionCap, logitCap));
      }
    }

    /** Returns those of a model without constants of its own. */
    public static Scales plain(int headDim) {
      return new Scales(1, 1 / Math.sqrt(headDim), 1, 1, 0, 0, 0);
    }
  }

  /**
   * A mixture of experts.
   *
   * @param count experts to choose from, 0 in a dense model
   * @param perToken how many are chosen
   * @param intermediateSize width inside each
   * @param normalised whether the weights of the chosen ones are made to sum to 1
   */
  public record Experts(int count, int perToken, int intermediateSize, boolean normalised) {

    /** No layer has any. */
    public static final Experts NONE = new Experts(0, 0, 0, false);

    /** Checks that the numbers fit each other. */
    public Experts {
      if (count != 0 && (perToken < 1 || perToken > count || intermediateSize < 1)) {
        throw new InvalidInputException(
            "num_experts_per_tok (%d) must be within the %d experts, and their width (%d) above 0"
                .formatted(perToken, count, intermediateSize));
      }
    }
  }

  /** Returns the architecture, such as {@code llama}. */
  public String modelType() {
    return family.modelType();
  }

  /** Returns the number of layers. */
  public int numHiddenLayers() {
    return layers.size();
  }

  /** Returns the width of all query heads together. */
  public int queryWidth() {
    return Math.multiplyExact(numAttentionHeads, headDim);
  }

  /** Returns the width of all key heads together, which is also that of the value heads. */
  public int keyValueWidth() {
    return Math.multiplyExact(numKeyValueHeads, headDim);
  }
}
