package io.selftaught.judge.djl.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GgufFileTest {

  private static final int F32 = 0;
  private static final int Q4_0 = 2;

  @TempDir private Path folder;

  @Test
  void tensors_keepFileOrderWithOutermostDimensionFirst() {
    Path file =
        GgufBytes.header(2, 0)
            .tensor("z", Q4_0, 0, 64, 3)
            .tensor("a", F32, 128, 2)
            .data(136)
            .in(folder);

    assertThat(GgufFile.open(file).tensors().values())
        .containsExactly(
            new TensorInfo("z", StoredType.Q4_0, List.of(3L, 64L), 108),
            new TensorInfo("a", StoredType.F32, List.of(2L), 8));
  }

  @Test
  void version2_isRead() {
    Path file =
        new GgufBytes().raw("GGUF").u32(2).u64(1).u64(0).tensor("a", F32, 0, 1).data(4).in(folder);
    assertThat(GgufFile.open(file).tensors()).containsOnlyKeys("a");
  }

  @Test
  void alignment_isThatOfTheFile() {
    Path file =
        GgufBytes.header(1, 1)
            .count("general.alignment", 8)
            .tensor("a", F32, 8, 1)
            .data(12)
            .in(folder);
    // The header takes 92 bytes: data starts at 96 under either alignment, but 8 is one under 8
    // only.
    assertThat(Fixtures.floats(Fixtures.rawGguf(file), "a")).hasSize(1);
  }

  @Test
  void ropeFactors_areApartFromTheModel() {
    Path file = GgufBytes.header(1, 0).tensor("rope_freqs.weight", F32, 0, 2).data(8).in(folder);
    GgufFile gguf = GgufFile.open(file);

    assertThat(gguf.ropeFactors()).get().isEqualTo(new float[] {0x1.0402p-121f, 0x1.0c0a08p-113f});
    assertThat(gguf.tensors()).containsKey("rope_freqs.weight");
    assertThat(gguf.modelTensors()).isEmpty();
  }

  @Test
  void ropeFactors_absent_isEmpty() {
    assertThat(GgufFile.open(GgufBytes.header(0, 0).data(0).in(folder)).ropeFactors()).isEmpty();
  }

  @Test
  void missingFile_isNamed() {
    assertRefused(folder.resolve("none.gguf"), "none.gguf", "check the path");
    assertRefused(folder, folder.toString(), "is not a file");
  }

  @Test
  void emptyFile_isRefused() throws IOException {
    assertRefused(Files.createFile(folder.resolve("empty.gguf")), "empty.gguf", "magic");
  }

  @Test
  void otherMagic_isRefused() {
    assertRefused(new GgufBytes().raw("GGML").u32(3).data(0).in(folder), "not a GGUF file");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 3 << 24})
  void otherVersion_isRefused(int version) {
    Path file = new GgufBytes().raw("GGUF").u32(version).u64(0).u64(0).in(folder);
    assertRefused(file, "version " + version, "convert it again");
  }

  @Test
  void unsupportedTensorType_isNamedWithTheSupportedOnes() {
    Path file = GgufBytes.header(1, 0).tensor("blk.0.x", 22, 0, 256).data(512).in(folder);
    assertRefused(file, "blk.0.x", "IQ2_S", "Q4_K");
    Path unknown = GgufBytes.header(1, 0).tensor("blk.0.x", 99, 0, 256).data(512).in(folder);
    assertRefused(unknown, "type 99");
  }

  @Test
  void duplicateTensor_isRefused() {
    Path file =
        GgufBytes.header(2, 0).tensor("a", F32, 0, 1).tensor("a", F32, 32, 1).data(36).in(folder);
    assertRefused(file, "tensor a twice");
  }

  @Test
  void overlappingTensors_areRefused() {
    Path file =
        GgufBytes.header(2, 0).tensor("a", F32, 0, 9).tensor("b", F32, 32, 1).data(64).in(folder);
    assertRefused(file, "a and b overlap");
  }

  @Test
  void duplicateKey_isRefused() {
    assertRefused(GgufBytes.header(0, 2).count("k", 1).count("k", 1).data(0).in(folder), "k twice");
  }

  @Test
  void tensorBeyondTheFile_isRefused() {
    assertRefused(
        GgufBytes.header(1, 0).tensor("a", F32, 0, 2).data(7).in(folder), "tensor a", "truncated");
    assertRefused(
        GgufBytes.header(1, 0).tensor("a", F32, 64, 1).data(8).in(folder), "tensor a", "truncated");
    assertRefused(
        GgufBytes.header(1, 0).tensor("a", F32, Long.MAX_VALUE - 31, 1).data(8).in(folder),
        "tensor a",
        "truncated");
  }

  @Test
  void misalignedTensor_isRefused() {
    assertRefused(
        GgufBytes.header(1, 0).tensor("a", F32, 4, 1).data(8).in(folder), "multiple of 32");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 1 << 31})
  void alignmentThatIsNoPowerOfTwo_isRefused(int alignment) {
    GgufBytes bytes = GgufBytes.header(0, 1);
    if (alignment == 1 << 31) {
      bytes.key("general.alignment", GgufType.I32).u32(alignment);
    } else {
      bytes.count("general.alignment", alignment);
    }
    assertRefused(bytes.data(0).in(folder), "general.alignment", "power of two");
  }

  @Test
  void impossibleShapes_areRefused() {
    assertRefused(
        GgufBytes.header(1, 0).tensor("a", F32, 0, 1L << 32, 1L << 32).data(8).in(folder),
        "tensor a",
        "impossible shape");
    assertRefused(
        GgufBytes.header(1, 0).tensor("a", F32, 0, 1L << 62).data(8).in(folder),
        "impossible shape");
    assertRefused(GgufBytes.header(1, 0).tensor("a", F32, 0, -1).data(8).in(folder), "dimension");
    assertRefused(GgufBytes.header(1, 0).tensor("a", F32, 0).data(8).in(folder), "0 dimensions");
    assertRefused(
        GgufBytes.header(1, 0).tensor("a", F32, 0, 1, 1, 1, 1, 1).data(8).in(folder),
        "5 dimensions");
  }

  @Test
  void quantisedRowsThatAreNoWholeBlocks_areRefused() {
    assertRefused(
        GgufBytes.header(1, 0).tensor("a", Q4_0, 0, 48, 2).data(64).in(folder), "stored as Q4_0");
    assertRefused(
        GgufBytes.header(1, 0).tensor("a", Q4_0, 0, 64).data(64).in(folder), "stored as Q4_0");
  }

  @Test
  void countsBeyondTheFile_areRefusedWithoutAllocatingThem() {
    assertRefused(GgufBytes.header(Long.MAX_VALUE, 0).data(0).in(folder), "truncated");
    assertRefused(GgufBytes.header(0, Long.MAX_VALUE).data(0).in(folder), "truncated");
    assertRefused(GgufBytes.header(-1, 0).data(0).in(folder), "18446744073709551615");
    assertRefused(GgufBytes.header(0, 1).u64(1 << 20).data(0).in(folder), "truncated");
    assertRefused(GgufBytes.header(0, 1).u64(1L << 40).data(0).in(folder), "more than the");
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 1 << 20, 1L << 40, Long.MAX_VALUE, -1})
  void arrayLongerThanTheFile_isRefused(long count) {
    for (GgufType type : List.of(GgufType.I32, GgufType.STRING)) {
      GgufBytes bytes =
          GgufBytes.header(0, 1).key("k", GgufType.ARRAY).u32(type.ordinal()).u64(count).u32(0);
      assertRefused(bytes.in(folder), "key k");
    }
  }

  @Test
  void unknownValueTypes_areRefused() {
    assertRefused(
        GgufBytes.header(0, 1).string("k").u32(13).data(0).in(folder), "key k", "type 13");
    GgufBytes nested = GgufBytes.header(0, 1).key("k", GgufType.ARRAY).u32(9).u64(0);
    assertRefused(nested.in(folder), "key k", "arrays of arrays");
    assertRefused(GgufBytes.header(0, 1).key("k", GgufType.BOOL).u8(2).in(folder), "neither true");
  }

  @Test
  void textThatIsNotUtf8_isRefused() {
    GgufBytes bytes = GgufBytes.header(0, 1).key("k", GgufType.STRING).u64(1).u8(0xff);
    assertRefused(bytes.in(folder), "key k", "not UTF-8");
  }

  private static void assertRefused(Path file, String... parts) {
    assertThatThrownBy(() -> GgufFile.open(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.getFileName().toString())
        .hasMessageContainingAll(parts);
  }
}
