package io.selftaught.judge.djl.weights;

/**
 * Blocks of 32 elements in 5 bits: the nibbles of {@link NibbleBlocks}, and bit {@code i} of a
 * 32-bit word as the fifth bit of element {@code i}.
 *
 * <pre>
 * Q5_0  scale:f16  fifth:u32  quants:16 bytes             x = d * (q - 16)
 * Q5_1  scale:f16  minimum:f16  fifth:u32  quants:16      x = d * q + m
 * </pre>
 */
final class FiveBitBlocks {

  private static final int HALF = 16;

  private FiveBitBlocks() {}

  static void decodeQ50(byte[] blocks, int count, float[] out) {
    for (int b = 0, in = 0, at = 0; b < count; b++, in += 22, at += 2 * HALF) {
      float d = Floats.f16At(blocks, in);
      int fifth = wordAt(blocks, in + 2);
      for (int i = 0; i < HALF; i++) {
        int pair = blocks[in + 6 + i];
        out[at + i] = d * (join(pair, fifth >>> i) - 16);
        out[at + HALF + i] = d * (join(pair >> 4, fifth >>> (HALF + i)) - 16);
      }
    }
  }

  static void decodeQ51(byte[] blocks, int count, float[] out) {
    for (int b = 0, in = 0, at = 0; b < count; b++, in += 24, at += 2 * HALF) {
      float d = Floats.f16At(blocks, in);
      float m = Floats.f16At(blocks, in + 2);
      int fifth = wordAt(blocks, in + 4);
      for (int i = 0; i < HALF; i++) {
        int pair = blocks[in + 8 + i];
        out[at + i] = d * join(pair, fifth >>> i) + m;
        out[at + HALF + i] = d * join(pair >> 4, fifth >>> (HALF + i)) + m;
      }
    }
  }

  /** Joins the low four bits of one number and the lowest bit of another. */
  private static int join(int nibble, int bit) {
    return (nibble & 15) | ((bit & 1) << 4);
  }

  private static int wordAt(byte[] bytes, int at) {
    return (bytes[at] & 0xff)
        | ((bytes[at + 1] & 0xff) << 8)
        | ((bytes[at + 2] & 0xff) << 16)
        | ((bytes[at + 3] & 0xff) << 24);
  }
}
