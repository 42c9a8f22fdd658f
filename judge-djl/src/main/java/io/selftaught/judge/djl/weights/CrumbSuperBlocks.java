package io.selftaught.judge.djl.weights;

/**
 * Super-blocks of 256 elements whose low two bits lie four to a byte, with a scale for each 16
 * elements. Each half of 128 elements takes 32 bytes; run {@code s} of 32 elements in it is bits
 * {@code 2s} and {@code 2s+1} of these bytes.
 *
 * <pre>
 * Q2_K  scales:16 x (4 bits scale, 4 bits minimum)  quants:64  d:f16  dmin:f16
 *       x = (d * scale) * q - dmin * minimum
 * Q3_K  third:32  quants:64  scales:12 (16 of 6 bits)  d:f16
 *       x = (d * (scale - 32)) * (q - 4, or q where the third bit is set)
 * </pre>
 *
 * The third bit of run {@code k} of 32 elements is bit {@code k} of the 32 bytes {@code third}. The
 * low four bits of Q3_K's scale {@code i} are a nibble of byte {@code i % 8}; its upper two bits
 * lie in byte {@code 8 + i % 4} at bit {@code 2 * (i / 4)}.
 */
final class CrumbSuperBlocks {

  private static final int ELEMENTS = 256;
  private static final int GROUP = 16;

  private CrumbSuperBlocks() {}

  static void decodeQ2K(byte[] blocks, int count, float[] out) {
    for (int b = 0, in = 0, at = 0; b < count; b++, in += 84, at += ELEMENTS) {
      float d = Floats.f16At(blocks, in + 80);
      float dmin = Floats.f16At(blocks, in + 82);
      for (int g = 0; g < ELEMENTS / GROUP; g++) {
        float scale = d * (blocks[in + g] & 15);
        float minimum = dmin * ((blocks[in + g] >> 4) & 15);
        int quants = in + 16 + crumbs(g);
        int shift = shift(g);
        for (int i = 0; i < GROUP; i++) {
          out[at + g * GROUP + i] = scale * ((blocks[quants + i] >> shift) & 3) - minimum;
        }
      }
    }
  }

  static void decodeQ3K(byte[] blocks, int count, float[] out) {
    for (int b = 0, in = 0, at = 0; b < count; b++, in += 110, at += ELEMENTS) {
      float d = Floats.f16At(blocks, in + 108);
      for (int g = 0; g < ELEMENTS / GROUP; g++) {
        float scale = d * (scaleQ3K(blocks, in + 96, g) - 32);
        int third = in + g % 2 * GROUP;
        int quants = in + 32 + crumbs(g);
        int shift = shift(g);
        for (int i = 0; i < GROUP; i++) {
          int low = (blocks[quants + i] >> shift) & 3;
          int high = (blocks[third + i] >> (g / 2)) & 1;
          out[at + g * GROUP + i] = scale * (low - 4 + 4 * high);
        }
      }
    }
  }

  /** Returns where in the quants the bytes of group {@code g} start. */
  private static int crumbs(int g) {
    return g / 8 * 32 + g % 2 * GROUP;
  }

  private static int shift(int g) {
    return g / 2 % 4 * 2;
  }

  private static int scaleQ3K(byte[] blocks, int scales, int g) {
    int low = (blocks[scales + g % 8] >> (g / 8 * 4)) & 15;
    int high = (blocks[scales + 8 + g % 4] >> (g / 4 * 2)) & 3;
    return low | (high << 4);
  }
}
