package io.selftaught.judge.djl.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where fixtures lie, and reading in a line. */
final class Fixtures {

  private static final Path REFERENCE = Path.of("src/test/resources/reference");

  private Fixtures() {}

  static Path reference(String name) {
    Path path = REFERENCE.resolve(name);
    if (!Files.exists(path)) {
      throw new AssertionError(path.toAbsolutePath() + " is missing");
    }
    return path;
  }

  /** Reads a whole tensor; the result is in native order, ready to be got from. */
  static ByteBuffer read(Checkpoint checkpoint, String name, ElementType target) {
    TensorInfo info = checkpoint.info(name);
    ByteBuffer bytes = ByteBuffer.allocateDirect((int) info.elements() * target.bytes());
    checkpoint.read(name, target, bytes);
    return bytes.flip().order(ByteOrder.nativeOrder());
  }

  static float[] floats(Checkpoint checkpoint, String name) {
    ByteBuffer bytes = read(checkpoint, name, ElementType.F32);
    float[] floats = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }

  static short[] halves(Checkpoint checkpoint, String name) {
    ByteBuffer bytes = read(checkpoint, name, ElementType.BF16);
    short[] halves = new short[bytes.remaining() / Short.BYTES];
    bytes.asShortBuffer().get(halves);
    return halves;
  }

  /** Opens a GGUF file's tensors under their names in the file, whatever its architecture. */
  static Checkpoint rawGguf(Path path) {
    return new StoredTensors(path, GgufFile.open(path).modelTensors());
  }
}
