package io.selftaught.judge.core.data;

import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * A file of JSON Lines that only grows, so that a killed run loses nothing it has finished.
 *
 * <p>A record is in the file, for every later reader, once {@link #append} has returned. What a
 * crash left of a line that was not finished is cut off when the journal is opened again. Safe for
 * use by several threads, also by interrupted ones; whoever opens a journal that is open is
 * refused.
 */
public final class Journal implements AutoCloseable {

  private final Path file;
  // Not a channel: an interrupt closes those, and with it the journal for everybody.
  private final RandomAccessFile lines;
  private final long droppedBytes;
  private boolean closed;

  private Journal(Path file, RandomAccessFile lines, long droppedBytes) {
    this.file = file;
    this.lines = lines;
    this.droppedBytes = droppedBytes;
  }

  /**
   * Opens a journal to go on where it ends; creates it, and its directory, where it is missing.
   *
   * @throws InvalidInputException if the file cannot be written, or is open as a journal already,
   *     here or in another process
   */
  public static Journal open(Path file) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      RandomAccessFile lines = new RandomAccessFile(file.toFile(), "rw");
      try {
        if (!FileLocks.tryLock(lines.getChannel())) {
          throw new InvalidInputException(
              file + " is being written already; close what writes it, or choose another file");
        }
        long dropped = dropUnfinishedLine(lines);
        return new Journal(file, lines, dropped);
      } catch (IOException | RuntimeException e) {
        lines.close();
        throw e;
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /**
   * Returns what a journal holds, without the rest of an unfinished line; nothing if there is no
   * such file.
   *
   * @throws InvalidInputException if a line cannot be read: a journal is written by this class, so
   *     it was damaged by others
   */
  public static <T> Parsed<T> read(Path file, Function<JsonRecord, T> reader) {
    if (!Files.exists(file)) {
      return new Parsed<>(List.of(), List.of());
    }
    Parsed<T> parsed =
        JsonLines.read(file, (number, line) -> reader.apply(JsonRecord.parse(line)), true);
    if (!parsed.rejected().isEmpty()) {
      throw new InvalidInputException(
          "%s is damaged at %s; remove that line to go on without it"
              .formatted(file, parsed.rejected().get(0)));
    }
    return parsed;
  }

  /**
   * Appends a record.
   *
   * @throws InvalidInputException if the file cannot be written
   * @throws IllegalStateException if the journal is closed
   */
  public synchronized void append(JsonRecord record) {
    if (closed) {
      throw new IllegalStateException(this + " is closed");
    }
    try {
      long end = lines.getFilePointer();
      try {
        lines.write((record + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // On a full disk a part may be written, which would spoil the line after it.
        lines.setLength(end);
        throw e;
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /** Returns the bytes of an unfinished line that were cut off at opening; 0 after a clean end. */
  public long droppedBytes() {
    return droppedBytes;
  }

  /** Writes through to the disk and closes the file. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (lines) {
      lines.getFD().sync();
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  @Override
  public String toString() {
    return "Journal[" + file + "]";
  }

  /** Goes to the end of the last whole line; returns how many bytes stood behind it. */
  private static long dropUnfinishedLine(RandomAccessFile lines) throws IOException {
    long length = lines.length();
    long end = endOfLastLine(lines);
    lines.setLength(end);
    lines.seek(end);
    return length - end;
  }

  /** Returns the offset behind the last line feed. */
  private static long endOfLastLine(RandomAccessFile lines) throws IOException {
    byte[] block = new byte[8192];
    for (long end = lines.length(); end > 0; ) {
      long start = Math.max(0, end - block.length);
      int length = (int) (end - start);
      lines.seek(start);
      lines.readFully(block, 0, length);
      for (int i = length - 1; i >= 0; i--) {
        if (block[i] == '\n') {
          return start + i + 1;
        }
      }
      end = start;
    }
    return 0;
  }

  private static InvalidInputException cannotWrite(Path file, IOException e) {
    return new InvalidInputException(
        "Cannot write " + file + ": " + e.getMessage() + "; choose another place or free space", e);
  }
}
