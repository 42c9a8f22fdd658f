package io.selftaught.judge.djl.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.weights.SafetensorsWriter.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {

  @TempDir private Path folder;

  @Test
  void bytes_equalThoseOfTheReference() throws IOException {
    Path file = folder.resolve("written.safetensors");
    SafetensorsWriter.write(file, tensors());
    assertThat(file).hasSameBinaryContentAs(Fixtures.reference("weights/written.safetensors"));
  }

  @Test
  void bytes_doNotDependOnTheOrderOfTheMap() throws IOException {
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    SafetensorsWriter.write(one, new TreeMap<>(tensors()));
    SafetensorsWriter.write(other, new TreeMap<>(tensors()).descendingMap());
    assertThat(one).hasSameBinaryContentAs(other);
  }

  @Test
  void written_isReadBack() {
    Path file = folder.resolve("written.safetensors");
    SafetensorsWriter.write(file, tensors());
    Checkpoint checkpoint = Checkpoints.openSafetensors(file);
    assertThat(checkpoint.names()).isEqualTo(tensors().keySet());
    assertThat(checkpoint.info("a.first").type()).isEqualTo(StoredType.BF16);
    assertThat(checkpoint.info("a.first").shape()).containsExactly(1L, 2L);
    assertThat(Fixtures.floats(checkpoint, "a.first")).containsExactly(1.5f, 2);
    assertThat(Fixtures.floats(checkpoint, "b.second")).containsExactly(1, -2.5f, 3.25f);
    assertThat(Fixtures.floats(checkpoint, "c.half")).containsExactly(1, 2);
    assertThat(checkpoint.mapped("b.second", ElementType.F32)).isPresent();
  }

  @Test
  void namesOutsideAscii_areReadBack() {
    Path file = folder.resolve("names.safetensors");
    Tensor tensor = tensors().get("d.scalar");
    Map<String, Tensor> tensors = Map.of("größe \"\\\n\u2028<", tensor, "\ud83d\ude00", tensor);
    SafetensorsWriter.write(file, tensors);
    assertThat(Checkpoints.openSafetensors(file).names()).isEqualTo(tensors.keySet());
  }

  @Test
  void write_leavesBuffersAndNoTemporaryFile() throws IOException {
    Map<String, Tensor> tensors = tensors();
    SafetensorsWriter.write(folder.resolve("a"), tensors);
    assertThat(tensors.values()).allSatisfy(t -> assertThat(t.data().position()).isZero());
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("a"));
    }
  }

  @Test
  void existingFile_isReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    SafetensorsWriter.write(file, tensors());
    assertThat(Checkpoints.openSafetensors(file).names()).hasSize(5);
  }

  @Test
  void unwritableFile_isNamed() {
    Path file = folder.resolve("none/a");
    assertThatThrownBy(() -> SafetensorsWriter.write(file, tensors()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void tensor_thatDoesNotFitItsShapeOrType_isRefused() {
    ByteBuffer data = ByteBuffer.allocate(34);
    assertThatThrownBy(() -> new Tensor(StoredType.F32, List.of(8L), data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("[8]", "34 bytes");
    for (List<Long> shape : List.of(List.of(-17L, -1L), List.of(1L << 62, 4L))) {
      assertThatThrownBy(() -> new Tensor(StoredType.BF16, shape, data))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(shape.toString());
    }
    assertThatThrownBy(() -> new Tensor(StoredType.Q8_0, List.of(32L), data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Q8_0");
  }

  /** The tensors of written.safetensors; see make_quant_blocks.py. */
  private static Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("e.empty", new Tensor(StoredType.F32, List.of(0L, 2L), ByteBuffer.allocate(0)));
    tensors.put("d.scalar", new Tensor(StoredType.F32, List.of(), floats(7)));
    tensors.put("c.half", new Tensor(StoredType.F16, List.of(2L, 1L), halves(0x3c00, 0x4000)));
    tensors.put("b.second", new Tensor(StoredType.F32, List.of(3L), floats(1, -2.5f, 3.25f)));
    tensors.put("a.first", new Tensor(StoredType.BF16, List.of(1L, 2L), halves(0x3fc0, 0x4000)));
    return tensors;
  }

  private static ByteBuffer floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static ByteBuffer halves(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return bytes.flip();
  }
}
