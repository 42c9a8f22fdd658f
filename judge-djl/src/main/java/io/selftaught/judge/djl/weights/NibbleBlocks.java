package io.selftaught.judge.djl.weights;

/**
 * Blocks of 32 elements in 4 bits. The low halves of the 16 bytes are the first 16 elements, the
 * high halves the others.
 *
 * <pre>
 * Q4_0  scale:f16  quants:16 bytes             x = d * (q - 8)
 * Q4_1  scale:f16  minimum:f16  quants:16      x = d * q + m
 * </pre>
 */
final class NibbleBlocks {

  private static final int HALF = 16;

  private NibbleBlocks() {}

  static void decodeQ40(byte[] blocks, int count, float[] out) {
    for (int b = 0, in = 0, at = 0; b < count; b++, in += 18, at += 2 * HALF) {
      float d = Floats.f16At(blocks, in);
      for (int i = 0; i < HALF; i++) {
        int pair = blocks[in + 2 + i];
        out[at + i] = d * ((pair & 15) - 8);
        out[at + HALF + i] = d * (((pair >> 4) & 15) - 8);
      }
    }
  }

  static void readQ40(byte[] blocks, int count, byte[] numbers, float[] groups) {
    for (int b = 0, in = 0; b < count; b++, in += 18) {
      float d = Floats.f16At(blocks, in);
      groups[2 * b] = d;
      groups[2 * b + 1] = -8 * d;
      split(blocks, in + 2, numbers, b * 2 * HALF);
    }
  }

  static void readQ41(byte[] blocks, int count, byte[] numbers, float[] groups) {
    for (int b = 0, in = 0; b < count; b++, in += 20) {
      groups[2 * b] = Floats.f16At(blocks, in);
      groups[2 * b + 1] = Floats.f16At(blocks, in + 2);
      split(blocks, in + 4, numbers, b * 2 * HALF);
    }
  }

  private static void split(byte[] blocks, int in, byte[] numbers, int at) {
    for (int i = 0; i < HALF; i++) {
      numbers[at + i] = (byte) (blocks[in + i] & 15);
      numbers[at + HALF + i] = (byte) ((blocks[in + i] >> 4) & 15);
    }
  }

  static void decodeQ41(byte[] blocks, int count, float[] out) {
    for (int b = 0, in = 0, at = 0; b < count; b++, in += 20, at += 2 * HALF) {
      float d = Floats.f16At(blocks, in);
      float m = Floats.f16At(blocks, in + 2);
      for (int i = 0; i < HALF; i++) {
        int pair = blocks[in + 4 + i];
        out[at + i] = d * (pair & 15) + m;
        out[at + HALF + i] = d * ((pair >> 4) & 15) + m;
      }
    }
  }
}
