package io.selftaught.judge.djl.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.weights.Checkpoint;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Quantises matrices to integers of 8 bits and packs them for oneDNN.
 *
 * <p>A row, which makes one output, is {@code scale * numbers}, symmetric about 0. Matrices are
 * read a piece at a time: none is ever there in floating point as a whole.
 */
final class Int8Packing {

  /** Elements that are there in fp32 at a time. */
  private static final long PIECE = 16 << 20;

  /** What rounds best, and what no processor's sums of two products are too small for. */
  private static final List<Integer> LIMITS = List.of(127, 63);

  private final NativeMemory memory;
  private final int limit;

  private Int8Packing(NativeMemory memory, int limit) {
    this.memory = memory;
    this.limit = limit;
  }

  /**
   * Returns the packing for this machine.
   *
   * @throws InvalidInputException if it can't multiply such matrices
   */
  static Int8Packing of(NativeMemory memory) {
    int limit =
        LIMITS.stream()
            .filter(memory::multipliesInt8)
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "This machine's libtorch multiplies no int8 matrices: load the model in"
                            + " BF16 or FP32"));
    return new Int8Packing(memory, limit);
  }

  /** Reads a matrix. */
  Map<String, NDArray> read(Stack stack, Checkpoint checkpoint) {
    long columns = LongStream.of(stack.shape()).skip(1).reduce(1, (a, b) -> a * b);
    long step = Math.max(1, PIECE / columns);
    Matrix matrix = new Matrix(stack.shape());
    long at = 0;
    for (Stack.Part part : stack.parts()) {
      for (long row = 0; row < part.rows(); row += step) {
        long rows = Math.min(step, part.rows() - row);
        try (NDArray piece = Stack.read(checkpoint, part, row, rows, memory)) {
          matrix.put(piece, at + row);
        }
      }
      at += part.rows();
    }
    return matrix.pack(stack.key());
  }

  /** Quantises a matrix that stays as it is. */
  Map<String, NDArray> pack(String key, NDArray array) {
    Matrix matrix = new Matrix(array.getShape().getShape());
    long rows = array.getShape().get(0);
    long step = Math.max(1, PIECE / (array.size() / rows));
    for (long row = 0; row < rows; row += step) {
      try (NDArray piece = memory.rows(array, row, Math.min(rows, row + step))) {
        matrix.put(piece, row);
      }
    }
    return matrix.pack(key);
  }

  /** A matrix that is being filled in. */
  private final class Matrix {
    private final NDArray numbers;
    private final NDArray scale;

    Matrix(long[] shape) {
      numbers = memory.empty(DataType.INT8, shape);
      scale = memory.empty(DataType.FLOAT32, shape[0]);
    }

    void put(NDArray rows, long firstRow) {
      memory.quantise(rows, numbers, scale, firstRow, limit);
    }

    Map<String, NDArray> pack(String key) {
      try (numbers) {
        return Map.of(key, memory.packInt8(numbers), key + "_scale", scale);
      }
    }
  }
}
