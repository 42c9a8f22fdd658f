package io.selftaught.judge.djl.weights;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Whatever bytes a file has, it is read or refused. The ordinary build runs the stored inputs; with
 * JAZZER_FUZZ=1 in the environment, one method at a time, Jazzer looks for new ones.
 */
class WeightsFuzzTest {

  /** More than that is more than a file of this size can hold. */
  private static final int MAX_ELEMENTS_PER_BYTE = 4;

  @FuzzTest(maxDuration = "40s")
  void gguf(byte[] bytes) throws IOException {
    readOrRefuse(
        bytes,
        path -> {
          GgufFile file = GgufFile.open(path);
          file.metadata().keys().forEach(key -> readAsAnything(file.metadata(), key));
          return file.modelTensors();
        });
  }

  @FuzzTest(maxDuration = "40s")
  void safetensors(byte[] bytes) throws IOException {
    readOrRefuse(bytes, path -> SafetensorsFile.read(MappedFile.open(path)));
  }

  @FuzzTest(maxDuration = "20s")
  void index(byte[] bytes) throws IOException {
    readOrRefuse(bytes, path -> SafetensorsIndex.read(path).openShards());
  }

  /** A reader of tensors. */
  @FunctionalInterface
  private interface Reader {
    Map<String, StoredTensor> read(Path path);
  }

  private static void readOrRefuse(byte[] bytes, Reader reader) throws IOException {
    Path file = Files.createTempFile("fuzz", ".bin");
    try {
      Files.write(file, bytes);
      readAll(reader.read(file), bytes.length);
    } catch (InvalidInputException e) {
      if (!String.valueOf(e.getMessage()).contains(String.valueOf(file.getParent()))) {
        throw new AssertionError("a refusal that names no file", e);
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void readAll(Map<String, StoredTensor> tensors, int size) {
    for (StoredTensor tensor : tensors.values()) {
      long elements = tensor.info().elements();
      if (elements > (long) MAX_ELEMENTS_PER_BYTE * size) {
        throw new AssertionError("%d elements in %d bytes".formatted(elements, size));
      }
      ByteBuffer room = ByteBuffer.allocate((int) elements * Float.BYTES);
      tensor.read(ElementType.F32, 0, tensor.info().rows(), room);
    }
  }

  private static void readAsAnything(GgufMetadata metadata, String key) {
    for (Runnable read :
        new Runnable[] {
          () -> metadata.string(key),
          () -> metadata.integer(key),
          () -> metadata.real(key),
          () -> metadata.flag(key),
          () -> metadata.strings(key),
          () -> metadata.integers(key),
          () -> metadata.reals(key)
        }) {
      try {
        read.run();
      } catch (InvalidInputException e) {
        continue; // it is of another type
      }
    }
  }
}
