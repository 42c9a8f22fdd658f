package io.selftaught.judge.djl.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {

  private static final String A = "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

  @TempDir private Path folder;

  @Test
  void tensors_haveTypeShapeAndValues() throws IOException {
    Path file = write("{" + A + "}", floats(1.5f, -2));
    try (Checkpoint checkpoint = Checkpoints.openSafetensors(file)) {
      assertThat(checkpoint.names()).containsExactly("a");
      assertThat(checkpoint.info("a").shape()).containsExactly(2L);
      assertThat(Fixtures.floats(checkpoint, "a")).containsExactly(1.5f, -2);
      assertThat(checkpoint.path()).isEqualTo(file);
    }
  }

  @Test
  void scalarsAndEmptyTensors_areRead() {
    Path file =
        write(
            "{\"none\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[0,0]},"
                + "\"one\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}",
            floats(7));
    Checkpoint checkpoint = Checkpoints.openSafetensors(file);
    assertThat(Fixtures.floats(checkpoint, "none")).isEmpty();
    assertThat(Fixtures.floats(checkpoint, "one")).containsExactly(7);
  }

  @Test
  void mapped_ofMisalignedTensor_isEmpty() {
    // Without padding the data starts at an odd byte.
    Path file = write("{" + A + "} ", floats(1, 2));
    assertThat((A.length() + 3) % 2).isOne();
    Checkpoint checkpoint = Checkpoints.openSafetensors(file);
    assertThat(checkpoint.mapped("a", ElementType.F32)).isEmpty();
    assertThat(Fixtures.floats(checkpoint, "a")).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7})
  void fileShorterThanALength_isRefused(int bytes) throws IOException {
    assertRefused(Files.write(folder.resolve("a.safetensors"), new byte[bytes]), bytes + " bytes");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 9, 100_000_001, Long.MAX_VALUE})
  void headerLongerThanTheFile_isRefused(long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    Path file = Files.write(folder.resolve("a.safetensors"), bytes.array());
    assertRefused(file, "header of " + Long.toUnsignedString(length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{} {}",
        "{'a':1}",
        "{\"a\":3}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[\"2\"],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"more\":1}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1e99],\"data_offsets\":[0,8]}}",
      })
  void headerThatIsNotTheJsonOfTheFormat_isRefused(String json) {
    assertRefused(write(json, floats(1, 2)), "JSON is corrupt");
  }

  @Test
  void deeplyNestedHeader_isRefused() {
    assertRefused(write("{\"__metadata__\":" + "[".repeat(100_000), floats()), "JSON is corrupt");
  }

  @Test
  void headerThatIsNotUtf8_isRefused() {
    byte[] json = ("{" + A.replace('a', '\u00ff') + "}").getBytes(StandardCharsets.ISO_8859_1);
    assertRefused(write(json, floats(1, 2)), "JSON is corrupt");
  }

  @Test
  void duplicateTensor_isRefused() {
    assertRefused(write("{" + A + "," + A + "}", floats(1, 2)), "a occurs twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I64 | [1]   | [0,8]    | only F32, F16 and BF16",
        "''  | [2]   | [0,8]    | only F32, F16 and BF16",
        "F32 | [3]   | [0,8]    | offsets",
        "F32 | [2]   | [0,12]   | offsets",
        "F32 | [2]   | [8,0]    | offsets",
        "F32 | [2]   | [-8,0]   | offsets",
        "F32 | [2]   | [0]      | offsets",
        "F32 | [2]   | []       | offsets",
        "F32 | [-2]  | [0,8]    | impossible shape",
        "F32 | [-1,-2] | [0,8]  | impossible shape",
        "F32 | [4611686018427387904,2] | [0,8] | impossible shape",
        "F32 | [1]   | [0,4]    | end at byte",
        "F32 | [1]   | [4,8]    | was expected",
      })
  void tensorThatDoesNotFitTheFile_isRefused(
      String dtype, String shape, String offsets, String problem) {
    String json =
        "{\"a\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}"
            .formatted(dtype, shape, offsets);
    assertRefused(write(json, floats(1, 2)), problem);
  }

  @Test
  void overlappingTensors_areRefused() {
    String b = A.replace("\"a\"", "\"b\"").replace("[0,8]", "[4,12]");
    assertRefused(write("{" + A + "," + b + "}", floats(1, 2, 3)), "tensor b", "was expected");
  }

  private Path write(String json, byte[] data) {
    return write(json.getBytes(StandardCharsets.UTF_8), data);
  }

  private Path write(byte[] json, byte[] data) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + json.length + data.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).put(data);
    try {
      return Files.write(folder.resolve("a.safetensors"), bytes.array());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static void assertRefused(Path file, String... parts) {
    assertThatThrownBy(() -> Checkpoints.openSafetensors(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a.safetensors")
        .hasMessageContainingAll(parts);
  }
}
