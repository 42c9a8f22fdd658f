package io.selftaught.judge.djl.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.decoder.NativeMemory.Piece;
import io.selftaught.judge.djl.weights.Checkpoint;
import io.selftaught.judge.djl.weights.ElementType;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Quantises matrices to numbers of 4 bits and packs them for libtorch's kernel. 32 elements of a
 * row are {@code scale * (number - 8) + zero}. What a file stores in such numbers keeps them; only
 * scale and zero are rounded, to bf16.
 */
final class Int4Packing extends MatrixPacking {

  private static final int GROUP = 32;

  /** What every processor's blocks of outputs divide. */
  private static final int BLOCK = 64;

  private final long block;

  private Int4Packing(NativeMemory memory, long block) {
    super(memory);
    this.block = block;
  }

  /**
   * Returns the packing for this machine.
   *
   * @throws InvalidInputException if it can't multiply such matrices
   */
  static Int4Packing of(NativeMemory memory) {
    long block = memory.int4Block();
    if (block == 0) {
      throw new InvalidInputException(
          "This machine's libtorch lays int4 matrices out in an unknown way: load the model in"
              + " INT8, BF16 or FP32");
    }
    return new Int4Packing(memory, block);
  }

  /** Returns whether a matrix can be packed. */
  static boolean fits(long[] shape) {
    return shape[0] % BLOCK == 0 && shape[1] % GROUP == 0;
  }

  /** Returns the bytes of what is kept of a matrix. */
  static long bytes(long[] shape) {
    return elements(shape) / 2 + elements(shape) / GROUP * 2 * ElementType.BF16.bytes();
  }

  @Override
  Matrix create(long[] shape) {
    return new Int4Matrix(shape[0], shape[1]);
  }

  private final class Int4Matrix implements Matrix {
    private final long columns;
    private final NDArray numbers;
    private final NDArray scales;

    Int4Matrix(long rows, long columns) {
      this.columns = columns;
      numbers = memory.empty(DataType.UINT8, rows, columns);
      scales = memory.allocate(ElementType.BF16, columns / GROUP, rows, 2);
    }

    @Override
    public void put(NDArray rows, long firstRow) {
      memory.quantiseInt4(rows, numbers, scales, firstRow);
    }

    @Override
    public boolean put(Checkpoint checkpoint, Stack.Part part, long firstRow) {
      if (!checkpoint.info(part.name()).type().isInNibbles()) {
        return false;
      }
      try (NDArray groups = memory.scratch(ElementType.F32, part.rows(), columns / GROUP, 2)) {
        List<Piece> taken = memory.pieces(numbers, firstRow, part.rows(), columns);
        List<Piece> scaled = memory.pieces(groups, 0, part.rows(), columns);
        IntStream.range(0, scaled.size())
            .parallel()
            .forEach(i -> read(checkpoint, part, taken.get(i), scaled.get(i)));
        memory.scaleInt4(groups, scales, firstRow);
      }
      return true;
    }

    private void read(Checkpoint checkpoint, Stack.Part part, Piece taken, Piece scaled) {
      checkpoint.readNibbles(
          part.name(), scaled.firstRow(), scaled.rows(), taken.bytes(), scaled.bytes());
    }

    @Override
    public Map<String, NDArray> pack(String key) {
      try (numbers) {
        return Map.of(key, memory.packInt4(numbers, block), key + "_scale", scales);
      }
    }
  }
}
