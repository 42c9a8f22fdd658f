package io.selftaught.judge.core.data;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import io.selftaught.judge.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Reads files of JSON objects that are JSON Lines or one JSON array: both are common. */
public final class JsonRows {

  private static final Gson STRICT = new GsonBuilder().setStrictness(Strictness.STRICT).create();

  private JsonRows() {}

  /**
   * Returns the records of a file. The lines of a JSON array are its elements.
   *
   * @param reader turns a row, with its number from 1, into a record, or rejects it like the reader
   *     of {@link JsonLines#read}
   * @throws InvalidInputException if the file cannot be read
   */
  public static <T> Parsed<T> read(Path file, BiFunction<Long, JsonRecord, T> reader) {
    JsonLines.LineReader<T> rows = (line, text) -> reader.apply(line, JsonRecord.parse(text));
    return firstCharacter(file) == '[' ? readArray(file, rows) : JsonLines.read(file, rows, false);
  }

  /** Returns the first character that is no white space; a blank at the end of an empty file. */
  static char firstCharacter(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      // In Latin-1 the bytes of a byte order mark are these three characters.
      int c = reader.read();
      while (c >= 0 && (Character.isWhitespace(c) || "\u00EF\u00BB\u00BF".indexOf(c) >= 0)) {
        c = reader.read();
      }
      return c < 0 ? ' ' : (char) c;
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("No such file: " + file, e);
    } catch (IOException e) {
      throw new InvalidInputException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Returns the records of a JSON array, whose lines are its elements. */
  static <T> Parsed<T> readArray(Path file, JsonLines.LineReader<T> reader) {
    JsonArray array = parseArray(file);
    List<T> records = new ArrayList<>();
    List<Parsed.Rejected> rejected = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      try {
        records.add(reader.read(i + 1, array.get(i).toString()));
      } catch (InvalidInputException | IllegalArgumentException e) {
        rejected.add(new Parsed.Rejected(i + 1, String.valueOf(e.getMessage())));
      }
    }
    return new Parsed<>(records, rejected);
  }

  private static JsonArray parseArray(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8).strip();
      return STRICT.fromJson(text.startsWith("\uFEFF") ? text.substring(1) : text, JsonArray.class);
    } catch (CharacterCodingException e) {
      throw new InvalidInputException("Cannot read " + file + ": not valid UTF-8", e);
    } catch (IOException | JsonParseException e) {
      throw new InvalidInputException(
          "Cannot read " + file + " as a JSON array: " + e.getMessage(), e);
    }
  }
}
