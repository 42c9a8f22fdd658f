package io.selftaught.judge.djl.weights;

import io.selftaught.judge.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A checkpoint made of tensors in one or several mapped files. */
final class StoredTensors implements Checkpoint {

  private final Path path;
  private volatile Map<String, StoredTensor> tensors;
  private volatile boolean closed;

  /** Keeps {@code tensors} as they are; the caller hands the map over. */
  StoredTensors(Path path, Map<String, StoredTensor> tensors) {
    this.path = path;
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  @Override
  public Set<String> names() {
    checkOpen();
    return tensors.keySet();
  }

  @Override
  public TensorInfo info(String name) {
    return tensor(name).info();
  }

  @Override
  public void read(
      String name, ElementType target, long firstRow, long rows, ByteBuffer destination) {
    tensor(name).read(target, firstRow, rows, destination);
  }

  @Override
  public void readNibbles(
      String name, long firstRow, long rows, ByteBuffer numbers, ByteBuffer groups) {
    tensor(name).readNibbles(firstRow, rows, numbers, groups);
  }

  @Override
  public Optional<ByteBuffer> mapped(String name, ElementType target) {
    return tensor(name).mapped(target);
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    closed = true;
    // Whoever keeps the closed checkpoint does not keep the files mapped.
    tensors = Map.of();
  }

  @Override
  public String toString() {
    return "%d tensors of %s".formatted(tensors.size(), path);
  }

  private StoredTensor tensor(String name) {
    checkOpen();
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new InvalidInputException(
          "%s has no tensor %s; it is incomplete or of another architecture".formatted(path, name));
    }
    return tensor;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException(path + " has been closed");
    }
  }
}
