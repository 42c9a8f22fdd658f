package io.selftaught.judge.djl.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.weights.ElementType;
import java.util.List;
import java.util.Map;

/**
 * Quantises matrices to integers of 8 bits and packs them for oneDNN. A row, which makes one
 * output, is {@code scale * numbers}, symmetric about 0.
 */
final class Int8Packing extends MatrixPacking {

  /** What rounds best, and what no processor's sums of two products are too small for. */
  private static final List<Integer> LIMITS = List.of(127, 63);

  private final int limit;

  private Int8Packing(NativeMemory memory, int limit) {
    super(memory);
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

  /** Returns the bytes of what is kept of a matrix. */
  static long bytes(long[] shape) {
    return elements(shape) + shape[0] * ElementType.F32.bytes();
  }

  @Override
  Matrix create(long[] shape) {
    return new Int8Matrix(shape);
  }

  private final class Int8Matrix implements Matrix {
    private final NDArray numbers;
    private final NDArray scale;

    Int8Matrix(long[] shape) {
      numbers = memory.empty(DataType.INT8, shape);
      scale = memory.empty(DataType.FLOAT32, shape[0]);
    }

    @Override
    public void put(NDArray rows, long firstRow) {
      memory.quantise(rows, numbers, scale, firstRow, limit);
    }

    @Override
    public Map<String, NDArray> pack(String key) {
      try (numbers) {
        return Map.of(key, memory.packInt8(numbers), key + "_scale", scale);
      }
    }
  }
}
