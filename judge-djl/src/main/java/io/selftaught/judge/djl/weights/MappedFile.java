package io.selftaught.judge.djl.weights;

import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A whole file in memory-mapped windows. Immutable.
 *
 * <p>A {@link ByteBuffer} ends at 2 GiB, so window {@code i} starts at {@code i} GiB and is almost
 * 2 GiB long: any range of up to 1 GiB lies inside one window. Everything is mapped when the file
 * is opened and no channel is kept, because an interrupt of one reading thread would close a shared
 * channel for all.
 */
final class MappedFile {

  /** The longest range that is certain to lie in one window, in bytes. */
  static final int MAX_RANGE = 1 << 30;

  private final Path path;
  private final long size;
  private final List<ByteBuffer> windows;

  private MappedFile(Path path, long size, List<ByteBuffer> windows) {
    this.path = path;
    this.size = size;
    this.windows = windows;
  }

  static MappedFile open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new InvalidInputException(path + " is not a file; check the path");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      List<ByteBuffer> windows = new ArrayList<>();
      for (long start = 0; start < size; start += MAX_RANGE) {
        long length = Math.min(size - start, Integer.MAX_VALUE);
        windows.add(channel.map(MapMode.READ_ONLY, start, length));
      }
      return new MappedFile(path, size, windows);
    } catch (IOException e) {
      throw new InvalidInputException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  Path path() {
    return path;
  }

  long size() {
    return size;
  }

  /** Returns a read-only little-endian view of a range of up to {@link #MAX_RANGE} bytes. */
  ByteBuffer range(long offset, int length) {
    return find(offset, length).orElseThrow();
  }

  /** Returns a read-only little-endian view of a range, if one window holds it. */
  Optional<ByteBuffer> find(long offset, long length) {
    if (length == 0) {
      return Optional.of(ByteBuffer.allocateDirect(0).asReadOnlyBuffer());
    }
    ByteBuffer window = windows.get((int) (offset / MAX_RANGE));
    int start = (int) (offset % MAX_RANGE);
    if (length > window.capacity() - start) {
      return Optional.empty();
    }
    return Optional.of(window.slice(start, (int) length).order(ByteOrder.LITTLE_ENDIAN));
  }

  /** Returns the complaint about this file, for the caller to throw. */
  InvalidInputException invalid(String problem) {
    return new InvalidInputException(path + ": " + problem);
  }
}
