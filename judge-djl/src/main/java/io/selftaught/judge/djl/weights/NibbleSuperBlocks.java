package io.selftaught.judge.djl.weights;

/**
 * Super-blocks of 256 elements whose low four bits lie two to a byte, with a scale and a minimum
 * for each run of 32. Of each 64 elements the first 32 are the low halves of 32 bytes, the others
 * their high halves.
 *
 * <pre>
 * Q4_K  d:f16  dmin:f16  scales:12                quants:128
 * Q5_K  d:f16  dmin:f16  scales:12  fifth:32      quants:128
 *       x = (d * scale) * q - dmin * minimum
 * </pre>
 *
 * The fifth bit of run {@code j} is bit {@code j} of the 32 bytes {@code fifth}. The scales hold
 * eight 6-bit scales and minima: bytes 0-3 the scales 0-3 and bytes 4-7 the minima 0-3 in their low
 * six bits; scale and minimum {@code 4 + i} have their low four bits in the halves of byte {@code 8
 * + i} and their upper two on top of bytes {@code i} and {@code 4 + i}.
 */
final class NibbleSuperBlocks {

  private static final int ELEMENTS = 256;
  private static final int RUN = 32;

  private NibbleSuperBlocks() {}

  static void decodeQ4K(byte[] blocks, int count, float[] out) {
    for (int b = 0, in = 0, at = 0; b < count; b++, in += 144, at += ELEMENTS) {
      float d = Floats.f16At(blocks, in);
      float dmin = Floats.f16At(blocks, in + 2);
      for (int j = 0; j < ELEMENTS / RUN; j++) {
        float scale = d * scale(blocks, in + 4, j);
        float minimum = dmin * minimum(blocks, in + 4, j);
        int quants = in + 16 + j / 2 * RUN;
        int shift = j % 2 * 4;
        for (int i = 0; i < RUN; i++) {
          out[at + j * RUN + i] = scale * ((blocks[quants + i] >> shift) & 15) - minimum;
        }
      }
    }
  }

  static void readQ4K(byte[] blocks, int count, byte[] numbers, float[] groups) {
    for (int b = 0, in = 0, at = 0; b < count; b++, in += 144, at += ELEMENTS) {
      float d = Floats.f16At(blocks, in);
      float dmin = Floats.f16At(blocks, in + 2);
      for (int j = 0; j < ELEMENTS / RUN; j++) {
        int group = 2 * (at / RUN + j);
        groups[group] = d * scale(blocks, in + 4, j);
        groups[group + 1] = -dmin * minimum(blocks, in + 4, j);
        int quants = in + 16 + j / 2 * RUN;
        int shift = j % 2 * 4;
        for (int i = 0; i < RUN; i++) {
          numbers[at + j * RUN + i] = (byte) ((blocks[quants + i] >> shift) & 15);
        }
      }
    }
  }

  static void decodeQ5K(byte[] blocks, int count, float[] out) {
    for (int b = 0, in = 0, at = 0; b < count; b++, in += 176, at += ELEMENTS) {
      float d = Floats.f16At(blocks, in);
      float dmin = Floats.f16At(blocks, in + 2);
      for (int j = 0; j < ELEMENTS / RUN; j++) {
        float scale = d * scale(blocks, in + 4, j);
        float minimum = dmin * minimum(blocks, in + 4, j);
        int fifth = in + 16;
        int quants = in + 48 + j / 2 * RUN;
        int shift = j % 2 * 4;
        for (int i = 0; i < RUN; i++) {
          int low = (blocks[quants + i] >> shift) & 15;
          int high = (blocks[fifth + i] >> j) & 1;
          out[at + j * RUN + i] = scale * (low | (high << 4)) - minimum;
        }
      }
    }
  }

  private static int scale(byte[] blocks, int scales, int j) {
    if (j < 4) {
      return blocks[scales + j] & 63;
    }
    return (blocks[scales + 4 + j] & 15) | (topBits(blocks[scales + j - 4]) << 4);
  }

  private static int minimum(byte[] blocks, int scales, int j) {
    if (j < 4) {
      return blocks[scales + 4 + j] & 63;
    }
    return ((blocks[scales + 4 + j] >> 4) & 15) | (topBits(blocks[scales + j]) << 4);
  }

  private static int topBits(byte b) {
    return (b >> 6) & 3;
  }
}
