package io.selftaught.judge.core.data;

import io.selftaught.judge.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads files of one record per line, in UTF-8.
 *
 * <p>One bad line does not spoil a file: it is reported with its number and its reason, and the
 * rest is used. Blank lines are skipped but counted.
 */
public final class JsonLines {

  private JsonLines() {}

  /**
   * Returns the records of a file of one JSON object per line.
   *
   * @param reader turns an object into a record; an {@link InvalidInputException} or an {@link
   *     IllegalArgumentException} of it rejects the line with the message as the reason
   * @throws InvalidInputException if the file cannot be read
   */
  public static <T> Parsed<T> read(Path file, Function<JsonRecord, T> reader) {
    return readText(file, line -> reader.apply(JsonRecord.parse(line)));
  }

  /**
   * Returns the records of a file of one text per line.
   *
   * @param reader turns a line into a record and rejects it like the one of {@link #read}
   * @throws InvalidInputException if the file cannot be read
   */
  public static <T> Parsed<T> readText(Path file, Function<String, T> reader) {
    return read(file, (number, line) -> reader.apply(line), false);
  }

  /** Turns a line into a record. */
  @FunctionalInterface
  interface LineReader<T> {
    /** Returns the record of a line, or rejects it like the reader of {@link #read}. */
    T read(long number, String line);
  }

  /** Reads like {@link #readText}; a last line without a line feed can be left out. */
  static <T> Parsed<T> read(Path file, LineReader<T> reader, boolean finishedLinesOnly) {
    List<T> records = new ArrayList<>();
    List<Parsed.Rejected> rejected = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      long number = 0;
      for (byte[] line = nextLine(in); line.length > 0; line = nextLine(in)) {
        number++;
        if (finishedLinesOnly && line[line.length - 1] != '\n') {
          break;
        }
        try {
          String text = decode(line, number == 1);
          if (!text.isBlank()) {
            records.add(reader.read(number, text));
          }
        } catch (InvalidInputException | IllegalArgumentException e) {
          rejected.add(new Parsed.Rejected(number, String.valueOf(e.getMessage())));
        }
      }
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("No such file: " + file, e);
    } catch (IOException e) {
      throw new InvalidInputException("Cannot read " + file + ": " + e.getMessage(), e);
    }
    return new Parsed<>(records, rejected);
  }

  /** Returns the bytes of the next line with its line feed; nothing at the end of the file. */
  private static byte[] nextLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b;
    do {
      b = in.read();
      if (b >= 0) {
        line.write(b);
      }
    } while (b >= 0 && b != '\n');
    return line.toByteArray();
  }

  private static String decode(byte[] line, boolean first) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString().strip();
      return first && text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InvalidInputException("not valid UTF-8", e);
    }
  }
}
