package io.selftaught.judge.djl.weights;

/**
 * Super-blocks of 256 elements in 6 bits with a signed scale for each 16 elements.
 *
 * <pre>
 * Q6_K  low:128  high:64  scales:16 bytes  d:f16      x = (d * scale) * (q - 32)
 * </pre>
 *
 * Each half of 128 elements takes 64 bytes of {@code low}, whose low nibbles are the first 64
 * elements, and 32 bytes of {@code high}, whose bits {@code 2s} and {@code 2s+1} top up run {@code
 * s} of 32 elements.
 */
final class SixBitSuperBlocks {

  private static final int ELEMENTS = 256;
  private static final int GROUP = 16;

  private SixBitSuperBlocks() {}

  static void decodeQ6K(byte[] blocks, int count, float[] out) {
    for (int b = 0, in = 0, at = 0; b < count; b++, in += 210, at += ELEMENTS) {
      float d = Floats.f16At(blocks, in + 208);
      for (int g = 0; g < ELEMENTS / GROUP; g++) {
        float scale = d * blocks[in + 192 + g];
        int lows = in + g / 8 * 64 + g % 4 * GROUP;
        int lowShift = g / 4 % 2 * 4;
        int highs = in + 128 + g / 8 * 32 + g % 2 * GROUP;
        int highShift = g / 2 % 4 * 2;
        for (int i = 0; i < GROUP; i++) {
          int low = (blocks[lows + i] >> lowShift) & 15;
          int high = (blocks[highs + i] >> highShift) & 3;
          out[at + g * GROUP + i] = scale * ((low | (high << 4)) - 32);
        }
      }
    }
  }
}
