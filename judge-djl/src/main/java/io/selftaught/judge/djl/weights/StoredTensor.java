package io.selftaught.judge.djl.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A tensor in a mapped file.
 *
 * @param info its name, type and shape; whoever creates this has checked that they fit the file
 * @param file the file
 * @param offset where in the file it starts, in bytes
 * @param order which row of the file is which row of the tensor
 */
record StoredTensor(TensorInfo info, MappedFile file, long offset, RowOrder order) {

  /** Bytes converted from one view of the file. */
  private static final int STRIDE = 1 << 26;

  /** Reads rows as {@link Checkpoint#read(String, ElementType, long, long, ByteBuffer)} says. */
  void read(ElementType target, long firstRow, long rows, ByteBuffer destination) {
    checkRows(firstRow, rows);
    checkRoom(rows * info.rowLength() * target.bytes(), destination);
    ByteBuffer out = destination.duplicate();
    convert(firstRow, rows, new BlockTranscoder(info.type(), target, out)::convert);
    destination.position(out.position());
  }

  /** Reads rows as {@link Checkpoint#readNibbles} says. */
  void readNibbles(long firstRow, long rows, ByteBuffer numbers, ByteBuffer groups) {
    if (!info.type().isInNibbles()) {
      throw new IllegalArgumentException(
          "%s must be stored in numbers of 4 bits, was in %s".formatted(info.name(), info.type()));
    }
    checkRows(firstRow, rows);
    long elements = rows * info.rowLength();
    checkRoom(elements, numbers);
    checkRoom(elements / NibbleReader.GROUP * 2 * Float.BYTES, groups);
    ByteBuffer someNumbers = numbers.duplicate();
    ByteBuffer someGroups = groups.duplicate();
    convert(firstRow, rows, new NibbleTranscoder(info.type(), someNumbers, someGroups)::convert);
    numbers.position(someNumbers.position());
    groups.position(someGroups.position());
  }

  private void convert(long firstRow, long rows, Consumer<ByteBuffer> blocks) {
    long rowBytes = rowBytes();
    if (order == RowOrder.AS_STORED) {
      convertRange(offset + firstRow * rowBytes, rows * rowBytes, blocks);
    } else {
      for (long row = firstRow; row < firstRow + rows; row++) {
        convertRange(offset + order.source(row) * rowBytes, rowBytes, blocks);
      }
    }
  }

  private void convertRange(long start, long bytes, Consumer<ByteBuffer> blocks) {
    int stride = STRIDE / info.type().blockBytes() * info.type().blockBytes();
    for (long done = 0; done < bytes; done += stride) {
      blocks.accept(file.range(start + done, (int) Math.min(stride, bytes - done)));
    }
  }

  /** Views the tensor as {@link Checkpoint#mapped(String, ElementType)} says. */
  Optional<ByteBuffer> mapped(ElementType target) {
    boolean asStored =
        info.type().is(target)
            && order == RowOrder.AS_STORED
            && offset % target.bytes() == 0
            && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    return asStored ? file.find(offset, info.bytes()) : Optional.empty();
  }

  private long rowBytes() {
    return info.rowLength() / info.type().blockElements() * info.type().blockBytes();
  }

  private void checkRows(long firstRow, long rows) {
    if (firstRow < 0 || rows < 0 || firstRow > info.rows() - rows) {
      throw new IllegalArgumentException(
          "rows must be within the %d of %s, were %d from %d on"
              .formatted(info.rows(), info.name(), rows, firstRow));
    }
  }

  private void checkRoom(long needed, ByteBuffer destination) {
    if (needed > destination.remaining()) {
      throw new IllegalArgumentException(
          "destination must have room for %d bytes of %s, had %d"
              .formatted(needed, info.name(), destination.remaining()));
    }
  }
}
