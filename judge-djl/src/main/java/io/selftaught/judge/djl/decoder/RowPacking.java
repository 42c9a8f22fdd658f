package io.selftaught.judge.djl.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Map;

/** Quantises matrices whose rows are looked up: to bytes, with a scale in bf16 behind each row. */
final class RowPacking extends MatrixPacking {

  private static final int SCALE_BYTES = 2;

  RowPacking(NativeMemory memory) {
    super(memory);
  }

  /** Returns the bytes of what is kept of a matrix. */
  static long bytes(long[] shape) {
    return shape[0] * (shape[1] + SCALE_BYTES);
  }

  @Override
  Matrix create(long[] shape) {
    NDArray table = memory.empty(DataType.INT8, shape[0], shape[1] + SCALE_BYTES);
    return new Matrix() {
      @Override
      public void put(NDArray rows, long firstRow) {
        memory.putBytes(rows, table, firstRow);
      }

      @Override
      public Map<String, NDArray> pack(String key) {
        return Map.of(key, table);
      }
    };
  }
}
