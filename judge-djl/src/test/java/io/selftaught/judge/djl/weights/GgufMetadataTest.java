package io.selftaught.judge.djl.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.InvalidInputException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufMetadataTest {

  @TempDir private Path folder;
  private GgufMetadata metadata;

  @BeforeEach
  void open() {
    Path file =
        GgufBytes.header(0, 11)
            .text("text", "grüß")
            .key("texts", GgufType.ARRAY)
            .u32(GgufType.STRING.ordinal())
            .u64(2)
            .string("a")
            .string("")
            .key("u32", GgufType.U32)
            .u32(-1)
            .key("i8", GgufType.I8)
            .u8(0xff)
            .key("u64", GgufType.U64)
            .u64(-1)
            .key("f32", GgufType.F32)
            .u32(Float.floatToIntBits(1.5f))
            .key("f64", GgufType.F64)
            .u64(Double.doubleToLongBits(0.1))
            .key("yes", GgufType.BOOL)
            .u8(1)
            .key("ints", GgufType.ARRAY)
            .u32(GgufType.I32.ordinal())
            .u64(2)
            .u32(3)
            .u32(-4)
            .key("longs", GgufType.ARRAY)
            .u32(GgufType.I64.ordinal())
            .u64(1)
            .u64(1L << 31)
            .key("floats", GgufType.ARRAY)
            .u32(GgufType.F32.ordinal())
            .u64(1)
            .u32(Float.floatToIntBits(-2.5f))
            .data(0)
            .in(folder);
    metadata = GgufFile.open(file).metadata();
  }

  @Test
  void getters_returnWhatTheFileHolds() {
    assertThat(metadata.string("text")).isEqualTo("grüß");
    assertThat(metadata.strings("texts")).containsExactly("a", "");
    assertThat(metadata.integer("u32")).isEqualTo(0xffffffffL);
    assertThat(metadata.integer("i8")).isEqualTo(-1);
    assertThat(metadata.real("f32")).isEqualTo(1.5);
    assertThat(metadata.real("f64")).isEqualTo(0.1);
    assertThat(metadata.real("i8")).isEqualTo(-1.0);
    assertThat(metadata.flag("yes")).isTrue();
    assertThat(metadata.integers("ints")).containsExactly(3, -4);
    assertThat(metadata.reals("floats")).containsExactly(-2.5f);
    assertThat(metadata.keys()).hasSize(11).startsWith("text", "texts");
  }

  @Test
  void gettersWithFallback_useItOnlyWhenAbsent() {
    assertThat(metadata.has("none")).isFalse();
    assertThat(metadata.string("none", "x")).isEqualTo("x");
    assertThat(metadata.integer("none", 7)).isEqualTo(7);
    assertThat(metadata.real("none", 0.5)).isEqualTo(0.5);
    assertThat(metadata.flag("none", true)).isTrue();
    assertThat(metadata.string("text", "x")).isEqualTo("grüß");
    assertThatThrownBy(() -> metadata.flag("text", true)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void absentKey_isNamedWithTheFile() {
    assertThatThrownBy(() -> metadata.integer("llama.block_count"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("test.gguf", "llama.block_count", "missing");
  }

  @Test
  void wrongType_isNamedWithWhatItIs() {
    assertThatThrownBy(() -> metadata.integer("text"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("test.gguf", "key text", "an integer", "a string");
    assertThatThrownBy(() -> metadata.integer("ints")).hasMessageContaining("an array of I32");
    assertThatThrownBy(() -> metadata.integers("u32")).hasMessageContaining("one U32");
    assertThatThrownBy(() -> metadata.integer("f32")).hasMessageContaining("one F32");
    assertThatThrownBy(() -> metadata.reals("ints")).hasMessageContaining("array of real numbers");
    assertThatThrownBy(() -> metadata.strings("text")).hasMessageContaining("an array of strings");
    assertThatThrownBy(() -> metadata.string("texts")).hasMessageContaining("a string");
  }

  @Test
  void valueBeyondItsJavaType_isRefused() {
    assertThatThrownBy(() -> metadata.integer("u64"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("18446744073709551615");
    assertThatThrownBy(() -> metadata.integers("longs"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("2147483648");
  }
}
