package io.selftaught.judge.djl.weights;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A GGUF file (versions 2 and 3, little endian), whole or split: its metadata and the tensors under
 * their GGUF names. {@link Checkpoints#openGguf} gives the tensors under their Hugging Face names.
 *
 * <p>Immutable but for closing, and safe for use by several threads.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">the format</a>
 */
public final class GgufFile implements Closeable {

  private static final String ROPE_FACTORS = "rope_freqs.weight";
  private static final String SHORT_ROPE_FACTORS = "rope_factors_short.weight";
  private static final String LONG_ROPE_FACTORS = "rope_factors_long.weight";

  /** Half the size of a head, which is some hundreds. */
  private static final int MAX_ROPE_FACTORS = 1 << 16;

  private final MappedFile file;
  private final GgufMetadata metadata;
  private final Map<String, StoredTensor> stored;

  private GgufFile(MappedFile file) {
    this.file = file;
    GgufHeader header = GgufHeader.parse(file);
    metadata = header.metadata();
    stored = GgufParts.join(file, header);
  }

  /**
   * Opens a file, and the parts beside it if it is the first one of several, and checks the
   * headers.
   *
   * @throws io.selftaught.judge.InvalidInputException if the file cannot be read, is not GGUF, is
   *     truncated or corrupt, holds a tensor of a type that {@link StoredType} lacks, or a part is
   *     missing
   */
  public static GgufFile open(Path path) {
    return new GgufFile(MappedFile.open(path));
  }

  /** Returns the key-value pairs. */
  public GgufMetadata metadata() {
    return metadata;
  }

  /**
   * Returns the tensors by their GGUF names, in the order of the file; outermost dimension first.
   */
  public Map<String, TensorInfo> tensors() {
    Map<String, TensorInfo> infos = new LinkedHashMap<>();
    stored.forEach((name, tensor) -> infos.put(name, tensor.info()));
    return Collections.unmodifiableMap(infos);
  }

  /**
   * Returns what some models divide their rotary frequencies by, one factor a frequency; empty if
   * the file has no such tensor. It is part of no checkpoint: Hugging Face computes it from the
   * configuration.
   */
  public Optional<float[]> ropeFactors() {
    return Optional.ofNullable(stored.get(ROPE_FACTORS)).map(this::readFloats);
  }

  /** Returns the same of models that have others beyond their original context, for within it. */
  public Optional<float[]> shortRopeFactors() {
    return Optional.ofNullable(stored.get(SHORT_ROPE_FACTORS)).map(this::readFloats);
  }

  /** Returns those for beyond it. */
  public Optional<float[]> longRopeFactors() {
    return Optional.ofNullable(stored.get(LONG_ROPE_FACTORS)).map(this::readFloats);
  }

  /** Returns the path that was opened. */
  public Path path() {
    return file.path();
  }

  /** Returns the tensors of the model itself: those of {@link #tensors()} but the rope factors. */
  Map<String, StoredTensor> modelTensors() {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>(stored);
    List.of(ROPE_FACTORS, SHORT_ROPE_FACTORS, LONG_ROPE_FACTORS).forEach(tensors::remove);
    return tensors;
  }

  /** Does nothing: the mapping is given back when it and all views of it are garbage collected. */
  @Override
  public void close() {}

  @Override
  public String toString() {
    return "%d tensors of %s".formatted(stored.size(), path());
  }

  private float[] readFloats(StoredTensor tensor) {
    long elements = tensor.info().elements();
    if (elements > MAX_ROPE_FACTORS) {
      throw file.invalid(
          "tensor %s has %d elements, at most %d are possible; the file is corrupt"
              .formatted(tensor.info().name(), elements, MAX_ROPE_FACTORS));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) elements * Float.BYTES);
    tensor.read(ElementType.F32, 0, tensor.info().rows(), bytes);
    float[] floats = new float[(int) elements];
    bytes.flip().order(ByteOrder.nativeOrder()).asFloatBuffer().get(floats);
    return floats;
  }
}
