package io.selftaught.judge.djl.weights;

/** Conversions between single precision and the two half-size floats, and their block decoders. */
final class Floats {

  private Floats() {}

  /** Returns the value of IEEE 754 half-precision bits, exactly; NaN stays NaN. */
  static float fromF16(int bits) {
    int sign = (bits & 0x8000) << 16;
    int magnitude = bits & 0x7fff;
    if (magnitude >= 0x7c00) {
      return Float.intBitsToFloat(sign | 0x7f800000 | ((magnitude & 0x3ff) << 13));
    }
    if (magnitude < 0x400) {
      // Zero or subnormal: a multiple of 2^-24, which single precision holds as a normal number.
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude * 0x1p-24f));
    }
    int rebias = (127 - 15) << 23;
    return Float.intBitsToFloat(sign | ((magnitude << 13) + rebias));
  }

  /** Returns bfloat16 bits, rounded to nearest with ties to even; every NaN becomes 0x7fc0. */
  static short toBf16(float value) {
    if (Float.isNaN(value)) {
      return 0x7fc0;
    }
    int bits = Float.floatToRawIntBits(value);
    int roundUp = 0x7fff + ((bits >>> 16) & 1);
    return (short) ((bits + roundUp) >>> 16);
  }

  /** Reads a little-endian half-precision number. */
  static float f16At(byte[] bytes, int offset) {
    return fromF16(u16At(bytes, offset));
  }

  private static int u16At(byte[] bytes, int offset) {
    return (bytes[offset] & 0xff) | ((bytes[offset + 1] & 0xff) << 8);
  }

  static void decodeF32(byte[] blocks, int count, float[] out) {
    for (int i = 0; i < count; i++) {
      int bits = u16At(blocks, 4 * i) | (u16At(blocks, 4 * i + 2) << 16);
      out[i] = Float.intBitsToFloat(bits);
    }
  }

  static void decodeF16(byte[] blocks, int count, float[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = f16At(blocks, 2 * i);
    }
  }

  static void decodeBf16(byte[] blocks, int count, float[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = Float.intBitsToFloat(u16At(blocks, 2 * i) << 16);
    }
  }
}
