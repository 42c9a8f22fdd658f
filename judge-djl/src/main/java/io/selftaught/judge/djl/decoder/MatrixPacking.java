package io.selftaught.judge.djl.decoder;

import ai.djl.ndarray.NDArray;
import io.selftaught.judge.djl.weights.Checkpoint;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Quantises matrices. They are read a piece at a time: none is ever there in floating point as a
 * whole.
 */
abstract class MatrixPacking {

  /** Elements that are there in fp32 at a time. */
  private static final long PIECE = 16 << 20;

  final NativeMemory memory;

  MatrixPacking(NativeMemory memory) {
    this.memory = memory;
  }

  /** A matrix that is being filled in. */
  interface Matrix {

    /** Quantises rows. */
    void put(NDArray rows, long firstRow);

    /** Takes rows over as they are stored, if they are stored in such numbers. */
    default boolean put(Checkpoint checkpoint, Stack.Part part, long firstRow) {
      return false;
    }

    /** Returns what is kept, by its keys, and frees the rest. */
    Map<String, NDArray> pack(String key);
  }

  abstract Matrix create(long[] shape);

  /** Reads a matrix. */
  final Map<String, NDArray> read(Stack stack, Checkpoint checkpoint) {
    Matrix matrix = create(stack.shape());
    long at = 0;
    for (Stack.Part part : stack.parts()) {
      if (!matrix.put(checkpoint, part, at)) {
        long step = step(part.elements() / part.rows());
        for (long row = 0; row < part.rows(); row += step) {
          long rows = Math.min(step, part.rows() - row);
          try (NDArray piece = Stack.read(checkpoint, part, row, rows, memory)) {
            matrix.put(piece, at + row);
          }
        }
      }
      at += part.rows();
    }
    return matrix.pack(stack.key());
  }

  /** Quantises a matrix that stays as it is. */
  final Map<String, NDArray> pack(String key, NDArray array) {
    Matrix matrix = create(array.getShape().getShape());
    long rows = array.getShape().get(0);
    long step = step(array.size() / rows);
    for (long row = 0; row < rows; row += step) {
      try (NDArray piece = memory.rows(array, row, Math.min(rows, row + step))) {
        matrix.put(piece, row);
      }
    }
    return matrix.pack(key);
  }

  private static long step(long columns) {
    return Math.max(1, PIECE / columns);
  }

  static long elements(long[] shape) {
    return LongStream.of(shape).reduce(1, (a, b) -> a * b);
  }
}
