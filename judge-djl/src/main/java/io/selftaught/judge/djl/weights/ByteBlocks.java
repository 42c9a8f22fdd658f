package io.selftaught.judge.djl.weights;

/**
 * Blocks of 32 elements in signed bytes.
 *
 * <pre>
 * Q8_0  scale:f16  quants:32 bytes      x = d * q
 * </pre>
 */
final class ByteBlocks {

  private static final int ELEMENTS = 32;

  private ByteBlocks() {}

  static void decodeQ80(byte[] blocks, int count, float[] out) {
    for (int b = 0, in = 0, at = 0; b < count; b++, in += 34, at += ELEMENTS) {
      float d = Floats.f16At(blocks, in);
      for (int i = 0; i < ELEMENTS; i++) {
        out[at + i] = d * blocks[in + 2 + i];
      }
    }
  }
}
