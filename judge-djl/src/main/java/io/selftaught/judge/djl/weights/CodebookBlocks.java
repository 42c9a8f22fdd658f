package io.selftaught.judge.djl.weights;

/**
 * Elements in 4 bits that pick one of 16 unevenly spaced values. Of each 32 elements the low halves
 * of 16 bytes are the first 16, the high halves the others.
 *
 * <pre>
 * IQ4_NL  d:f16  quants:16                                  x = d * VALUES[q]
 * IQ4_XS  d:f16  high:u16  low:4  quants:128 (256 elements) x = (d * (scale - 32)) * VALUES[q]
 * </pre>
 *
 * The scale of run {@code j} of 32 elements has its low four bits in half {@code j % 2} of byte
 * {@code j / 2} of {@code low}, and its upper two are bits {@code 2j} and {@code 2j+1} of {@code
 * high}.
 */
final class CodebookBlocks {

  private static final int HALF = 16;
  private static final int RUN = 32;
  private static final int ELEMENTS = 256;

  private static final int[] VALUES = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
  };

  private CodebookBlocks() {}

  static void decodeIq4Nl(byte[] blocks, int count, float[] out) {
    for (int b = 0, in = 0; b < count; b++, in += 18) {
      decodeRun(Floats.f16At(blocks, in), blocks, in + 2, out, b * RUN);
    }
  }

  static void decodeIq4Xs(byte[] blocks, int count, float[] out) {
    for (int b = 0, in = 0, at = 0; b < count; b++, in += 136, at += ELEMENTS) {
      float d = Floats.f16At(blocks, in);
      int high = (blocks[in + 2] & 0xff) | ((blocks[in + 3] & 0xff) << 8);
      for (int j = 0; j < ELEMENTS / RUN; j++) {
        int low = (blocks[in + 4 + j / 2] >> (j % 2 * 4)) & 15;
        int scale = (low | (((high >> (2 * j)) & 3) << 4)) - 32;
        decodeRun(d * scale, blocks, in + 8 + j * HALF, out, at + j * RUN);
      }
    }
  }

  private static void decodeRun(float scale, byte[] blocks, int quants, float[] out, int at) {
    for (int i = 0; i < HALF; i++) {
      int pair = blocks[quants + i];
      out[at + i] = scale * VALUES[pair & 15];
      out[at + HALF + i] = scale * VALUES[(pair >> 4) & 15];
    }
  }
}
