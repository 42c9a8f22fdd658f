package io.selftaught.judge.djl.decoder;

import io.selftaught.judge.djl.weights.ElementType;

/** How keys and values are stored. */
public enum KeyValueFormat {
  /** In the type that is computed in. */
  AS_COMPUTED {
    @Override
    public long bytesPerPosition(DecoderConfig config, ElementType computed) {
      return config.numHiddenLayers() * layerBytes(config, computed);
    }
  },

  /** As integers of 8 bits, with a scale of 16 bits for each head and position. */
  INT8 {
    @Override
    public long bytesPerPosition(DecoderConfig config, ElementType computed) {
      long row = SCALE_BYTES + config.headDim();
      long stored = 2L * config.numHiddenLayers() * config.numKeyValueHeads() * row;
      // One layer at a time is turned into what is computed in.
      return stored + layerBytes(config, computed);
    }
  };

  private static final long SCALE_BYTES = 2;

  /**
   * Returns the memory that the keys and values of one position need.
   *
   * @param computed what is computed in
   */
  public abstract long bytesPerPosition(DecoderConfig config, ElementType computed);

  private static long layerBytes(DecoderConfig config, ElementType computed) {
    return 2L * config.keyValueWidth() * computed.bytes();
  }
}
