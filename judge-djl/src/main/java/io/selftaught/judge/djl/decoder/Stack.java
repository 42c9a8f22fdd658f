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

  /**
   * Reads the parts into one tensor, several threads at a time.
   *
   * @param array of the shape of the result; closed, unless it is the result
   */
  NDArray read(Checkpoint checkpoint, ElementType type, NativeMemory memory, NDArray array) {
    long rowBytes = type.bytes() * LongStream.of(shape()).skip(1).reduce(1, (a, b) -> a * b);
    record Task(Part part, NativeMemory.Piece piece) {}
    List<Task> tasks = new ArrayList<>();
    long row = 0;
    for (Part part : parts) {
      memory.pieces(array, row, part.rows(), rowBytes).forEach(p -> tasks.add(new Task(part, p)));
      row += part.rows();
    }
    tasks.parallelStream()
        .forEach(
            task ->
                checkpoint.read(
                    task.part().name(),
                    type,
                    task.piece().firstRow(),
                    task.piece().rows(),
                    task.piece().bytes()));
    if (isAsStored()) {
      return array;
    }
    try (array) {
      return memory.changed(array, offset, divisor);
    }
  }
}
