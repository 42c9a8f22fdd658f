package io.selftaught.judge.djl.decoder;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.selftaught.judge.djl.torchscript.ScriptModule;
import io.selftaught.judge.djl.weights.ElementType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Tensors whose bytes the host writes, at least {@code bf16} ones, which DJL's arrays can't make.
 *
 * <p>A tensor is filled in pieces of whole rows, so that none needs a buffer of 2 GiB and several
 * threads can share the work.
 */
final class NativeMemory implements AutoCloseable {

  private static final long PIECE_BYTES = 4 << 20;

  private final ScriptModule memory =
      ScriptModule.load(Device.cpu(), "memory", "int4", "weights", "style", "cache");

  private @Nullable NDArray scratch;
  private @Nullable ElementType scratchType;

  /** Rows of a tensor and the memory that they live in. */
  record Piece(long firstRow, long rows, ByteBuffer bytes) {}

  /** Returns an uninitialised tensor on the CPU, which may take part in autograd. */
  NDArray allocate(ElementType type, long... shape) {
    try (NDArray sizes = memory.manager().create(shape);
        NDArray dtype = memory.manager().create((long) scalarType(type))) {
      return memory.runWithAutograd("allocate", List.of(sizes, dtype));
    }
  }

  /**
   * Returns an uninitialised tensor on the CPU, in memory that the next call hands out again: for
   * numbers that are only copied from. New memory would cost as much time as the copy.
   */
  NDArray scratch(ElementType type, long... shape) {
    long elements = LongStream.of(shape).reduce(1, (a, b) -> a * b);
    if (scratch == null || scratch.size() < elements || scratchType != type) {
      if (scratch != null) {
        scratch.close();
      }
      scratch = allocate(type, elements);
      scratchType = type;
    }
    try (NDArray sizes = memory.manager().create(shape)) {
      return memory.runWithAutograd("shaped", List.of(scratch, sizes));
    }
  }

  /** Returns the memory of the rows from {@code firstRow} on. Valid as long as the tensor lives. */
  List<Piece> pieces(NDArray tensor, long firstRow, long rows, long rowBytes) {
    long step = Math.max(1, PIECE_BYTES / rowBytes);
    List<Piece> pieces = new ArrayList<>();
    for (long row = 0; row < rows; row += step) {
      long count = Math.min(step, rows - row);
      try (NDArray view = rows(tensor, firstRow + row, firstRow + row + count)) {
        pieces.add(new Piece(row, count, view.toByteBuffer(true)));
      }
    }
    return pieces;
  }

  /** Returns a view of rows of a tensor. */
  NDArray rows(NDArray tensor, long firstRow, long endRow) {
    try (NDArray span = memory.manager().create(new long[] {firstRow, endRow})) {
      return memory.runWithAutograd("rows", List.of(tensor, span));
    }
  }

  /** Returns an uninitialised array on the CPU, of a type that DJL knows. */
  NDArray empty(DataType type, long... shape) {
    return memory.manager().create(new Shape(shape), type);
  }

  /** Returns {@code (tensor + offset) / divisor}, computed in fp32. */
  NDArray changed(NDArray tensor, double offset, double divisor) {
    try (NDArray numbers = memory.manager().create(new double[] {offset, divisor})) {
      return memory.runWithAutograd("changed", List.of(tensor, numbers));
    }
  }

  /** Elsewhere oneDNN has other libraries below it, which nobody here has tried. */
  private static boolean isTried() {
    return System.getProperty("os.arch").equals("amd64");
  }

  /** Returns whether {@link #pack} can be used for bf16 on this machine. */
  boolean packs() {
    if (!isTried()) {
      return false;
    }
    try (NDArray unused = memory.manager().create(0L);
        NDArray answer = memory.runWithAutograd("packs", List.of(unused))) {
      return answer.getBoolean();
    }
  }

  /**
   * Returns rows of a bf16 matrix in the layout that oneDNN multiplies from. Such a tensor has a
   * shape, but its numbers can't be read.
   *
   * @param tensor without a name
   */
  NDArray pack(NDArray tensor, long firstRow, long endRow) {
    try (NDArray span = memory.manager().create(new long[] {firstRow, endRow})) {
      return memory.runWithAutograd("pack", List.of(tensor, span));
    }
  }

  /** Returns whether int8 inputs times weights of up to {@code limit} come out right here. */
  boolean multipliesInt8(int limit) {
    if (!isTried()) {
      return false;
    }
    try (NDArray number = memory.manager().create((long) limit);
        NDArray answer = memory.runWithAutograd("multiplies_int8", List.of(number))) {
      return answer.getBoolean();
    }
  }

  /**
   * Quantises rows of a matrix.
   *
   * @param rows in any floating-point type, [n, in]
   * @param numbers takes them as integers, int8 [out, in]
   * @param scale takes what these are to be multiplied by, fp32 [out]
   * @param firstRow which row of the matrix the first one is
   * @param limit the largest integer
   */
  void quantise(NDArray rows, NDArray numbers, NDArray scale, long firstRow, int limit) {
    put("quantise", List.of(rows, numbers, scale), firstRow, limit);
  }

  /** Calls what writes to some of the arrays; numbers are the last of them. */
  private void put(String method, List<NDArray> arrays, long... numbers) {
    try (NDArray last = memory.manager().create(numbers)) {
      List<NDArray> arguments = new ArrayList<>(arrays);
      arguments.add(last);
      memory.runWithAutograd(method, arguments).close();
    }
  }

  /** Returns an int8 matrix in the layout that oneDNN multiplies from, as {@link #pack} does. */
  NDArray packInt8(NDArray numbers) {
    return memory.runWithAutograd("pack_int8", List.of(numbers));
  }

  /** Returns how many outputs are a block of {@link #packInt4}; 0 if that can't be used here. */
  long int4Block() {
    if (!isTried()) {
      return 0;
    }
    try (NDArray unused = memory.manager().create(0L);
        NDArray block = memory.runWithAutograd("int4_block", List.of(unused))) {
      return block.getLong();
    }
  }

  /**
   * Quantises rows of a matrix to numbers of 4 bits.
   *
   * @param rows in any floating-point type, [n, in]
   * @param numbers takes them, uint8 [out, in]
   * @param scales takes scale and zero of each 32 elements, bf16 [in / 32, out, 2]
   * @param firstRow which row of the matrix the first one is
   */
  void quantiseInt4(NDArray rows, NDArray numbers, NDArray scales, long firstRow) {
    put("quantise_int4", List.of(rows, numbers, scales), firstRow);
  }

  /**
   * Takes scales over.
   *
   * @param groups scale and minimum of each 32 elements of rows, fp32 [n, in / 32, 2]
   * @param scales as above
   */
  void scaleInt4(NDArray groups, NDArray scales, long firstRow) {
    put("scale_int4", List.of(groups, scales), firstRow);
  }

  /** Returns numbers of 4 bits in the blocks that libtorch multiplies from, half a byte each. */
  NDArray packInt4(NDArray numbers, long block) {
    try (NDArray size = memory.manager().create(block)) {
      return memory.runWithAutograd("pack_int4", List.of(numbers, size));
    }
  }

  /**
   * Quantises rows of a matrix whose rows are looked up one by one.
   *
   * @param rows in any floating-point type, [n, size]
   * @param table takes them in bytes as {@code cache.py} has rows, int8 [all, size + 2]
   */
  void putBytes(NDArray rows, NDArray table, long firstRow) {
    put("put_bytes", List.of(rows, table), firstRow);
  }

  /**
   * Returns the tensor on the device of {@code like}; the argument is closed if it was elsewhere.
   */
  NDArray place(NDArray tensor, NDArray like) {
    if (like.getDevice().equals(tensor.getDevice())) {
      return tensor;
    }
    try (tensor) {
      return memory.runWithAutograd("place", List.of(tensor, like));
    }
  }

  /** The number of a type in TorchScript. */
  private static int scalarType(ElementType type) {
    return switch (type) {
      case F32 -> 6;
      case BF16 -> 15;
    };
  }

  @Override
  public void close() {
    memory.close();
  }
}
