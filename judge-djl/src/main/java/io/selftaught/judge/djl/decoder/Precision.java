package io.selftaught.judge.djl.decoder;

import io.selftaught.judge.djl.weights.ElementType;

/**
 * What a decoder computes in and how it holds its weights.
 *
 * @param type what is computed in, and what is held that is not quantised
 * @param quantisation how the projections and the head are held
 */
public record Precision(ElementType type, Quantisation quantisation) {

  /** Returns that of weights which are held in what is computed in. */
  public static Precision of(ElementType type) {
    return new Precision(type, Quantisation.NONE);
  }
}
