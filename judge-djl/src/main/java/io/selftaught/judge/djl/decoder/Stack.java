package io.selftaught.judge.djl.decoder;

import ai.djl.ndarray.NDArray;
import io.selftaught.judge.djl.weights.Checkpoint;
import io.selftaught.judge.djl.weights.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Tensors of a checkpoint that become one tensor, one below the other.
 *
 * @param key the name of the result in {@code weights.py}
 * @param parts the tensors in order
 * @param offset added to every number
 * @param divisor what every number is divided by after that
 * @param projection whether it is a matrix that inputs are multiplied with and nothing else
 */
record Stack(String key, List<Part> parts, double offset, double divisor, boolean projection) {

  /** A tensor that the checkpoint must have, with its Hugging Face name and shape. */
  record Part(String name, List<Long> shape) {
    static Part of(String name, long... shape) {
      return new Part(name, LongStream.of(shape).boxed().toList());
    }

    long rows() {
      return shape.get(0);
    }

    long elements() {
      return shape.stream().reduce(1L, (a, b) -> a * b);
    }
  }

  /** Returns a stack of tensors as they are. */
  static Stack of(String key, List<Part> parts) {
    return new Stack(key, parts, 0, 1, false);
  }

  /** Returns a stack of projections as they are. */
  static Stack projection(String key, List<Part> parts) {
    return new Stack(key, parts, 0, 1, true);
  }

  /** Returns whether the numbers are those that are stored. */
  boolean isAsStored() {
    return offset == 0 && divisor == 1;
  }

  /** Returns the shape of the result. */
  long[] shape() {
    long[] shape = parts.get(0).shape().stream().mapToLong(Long::longValue).toArray();
    shape[0] = parts.stream().mapToLong(Part::rows).sum();
    return shape;
  }

  /** Rows of a part and where they go. */
  private record Task(Part part, long firstRow, NativeMemory.Piece piece) {

    void read(Checkpoint checkpoint, ElementType type) {
      checkpoint.read(part.name(), type, firstRow + piece.firstRow(), piece.rows(), piece.bytes());
    }
  }

  /** Reads rows of a part as they are, in fp32, several threads at a time; to be closed. */
  static NDArray read(
      Checkpoint checkpoint, Part part, long firstRow, long rows, NativeMemory memory) {
    long columns = part.elements() / part.rows();
    NDArray array = memory.scratch(ElementType.F32, rows, columns);
    memory.pieces(array, 0, rows, columns * ElementType.F32.bytes()).parallelStream()
        .forEach(piece -> new Task(part, firstRow, piece).read(checkpoint, ElementType.F32));
    return array;
  }

  /**
   * Reads the parts into one tensor, several threads at a time.
   *
   * @param array of the shape of the result; closed, unless it is the result
   */
  NDArray read(Checkpoint checkpoint, ElementType type, NativeMemory memory, NDArray array) {
    long rowBytes = type.bytes() * LongStream.of(shape()).skip(1).reduce(1, (a, b) -> a * b);
    List<Task> tasks = new ArrayList<>();
    long row = 0;
    for (Part part : parts) {
      memory
          .pieces(array, row, part.rows(), rowBytes)
          .forEach(piece -> tasks.add(new Task(part, 0, piece)));
      row += part.rows();
    }
    tasks.parallelStream().forEach(task -> task.read(checkpoint, type));
    if (isAsStored()) {
      return array;
    }
    try (array) {
      return memory.changed(array, offset, divisor);
    }
  }
}
