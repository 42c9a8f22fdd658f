package io.selftaught.judge.djl.weights;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatsTest {

  @Test
  void fromF16_isTheFormulaOfTheStandardForAllFiniteBits() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      int exponent = bits >> 10 & 31;
      int fraction = bits & 1023;
      if (exponent == 31) {
        continue;
      }
      double magnitude =
          exponent == 0
              ? Math.scalb((double) fraction, -24)
              : Math.scalb(1 + fraction / 1024.0, exponent - 15);
      float expected = (float) (bits < 1 << 15 ? magnitude : -magnitude);
      assertThat(Floats.fromF16(bits)).as("bits %x", bits).isEqualTo(expected);
    }
  }

  @Test
  void fromF16_keepsInfinitiesAndNan() {
    assertThat(Floats.fromF16(0x7c00)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Floats.fromF16(0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
    for (int fraction = 1; fraction < 1024; fraction++) {
      assertThat(Floats.fromF16(0x7c00 | fraction)).isNaN();
      assertThat(Floats.fromF16(0xfc00 | fraction)).isNaN();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3f800000, 3f80", // exact
    "3f808000, 3f80", // tie, down to even
    "3f818000, 3f82", // tie, up to even
    "3f808001, 3f81", // just above a tie
    "3f807fff, 3f80", // just below a tie
    "00000001, 0000", // the smallest subnormal
    "80008001, 8001", // negative subnormal, up
    "7f7fffff, 7f80", // the largest float rounds to infinity
    "ff800000, ff80", // minus infinity
    "80000000, 8000", // minus zero
    "7f800001, 7fc0", // NaN whose fraction is in the lower half only
    "ffffffff, 7fc0", // NaN
  })
  void toBf16_roundsAsTorch(String single, String half) {
    float value = Float.intBitsToFloat(Integer.parseUnsignedInt(single, 16));
    assertThat(Floats.toBf16(value) & 0xffff).isEqualTo(Integer.parseInt(half, 16));
  }

  @Property
  void toBf16_isNearestAndEvenOnTies(@ForAll int bits) {
    float value = Float.intBitsToFloat(bits);
    if (!Float.isFinite(value) || Math.abs(value) > 0x1.fep127f) {
      return;
    }
    short result = Floats.toBf16(value);
    double error = distance(value, result);
    double below = distance(value, (short) (result - 1));
    double above = distance(value, (short) (result + 1));
    assertThat(error).isLessThanOrEqualTo(Math.min(below, above));
    if (error == below || error == above) {
      assertThat(result & 1).isZero();
    }
  }

  private static double distance(float value, short half) {
    float other = Float.intBitsToFloat(half << 16);
    // The neighbours of zero and of the largest value are another sign's or no number.
    return Float.isFinite(other) && other * value >= 0
        ? Math.abs((double) value - other)
        : Double.MAX_VALUE;
  }
}
