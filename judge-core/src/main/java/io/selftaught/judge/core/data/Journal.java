package io.selftaught.judge.core.data;

import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Function;

/**
 * A file of JSON Lines that only grows, so that a killed run loses nothing it has finished.
 *
 * <p>A record is in the file, for every later reader, once {@link #append} has returned. What a
 * crash left of a line that was not finished is cut off when the journal is opened again. Safe for
 * use by several threads of one process; two processes must not write one journal.
 */
public final class Journal implements AutoCloseable {

  private final Path file;
  private final FileChannel channel;
  private final long droppedBytes;

  private Journal(Path file, FileChannel channel, long droppedBytes) {
    this.file = file;
    this.channel = channel;
    this.droppedBytes = droppedBytes;
  }

  /**
   * Opens a journal to go on where it ends; creates it, and its directory, where it is missing.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  public static Journal open(Path file) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      long end = endOfLastLine(channel);
      long dropped = channel.size() - end;
      channel.truncate(end).position(end);
      return new Journal(file, channel, dropped);
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
   */
  public synchronized void append(JsonRecord record) {
    ByteBuffer line = ByteBuffer.wrap((record + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (line.hasRemaining()) {
        channel.write(line);
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
    try (channel) {
      if (channel.isOpen()) {
        channel.force(true);
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  @Override
  public String toString() {
    return "Journal[" + file + "]";
  }

  /** Returns the offset behind the last line feed. */
  private static long endOfLastLine(FileChannel channel) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(8192);
    for (long end = channel.size(); end > 0; ) {
      long start = Math.max(0, end - block.capacity());
      block.clear().limit((int) (end - start));
      while (block.hasRemaining() && channel.read(block, start + block.position()) >= 0) {
        // Reads on until the block is full.
      }
      for (int i = block.position() - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
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
