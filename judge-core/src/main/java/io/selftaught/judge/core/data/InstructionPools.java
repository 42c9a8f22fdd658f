package io.selftaught.judge.core.data;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import io.selftaught.judge.Instruction;
import io.selftaught.judge.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads pools of instructions: JSON Lines, a JSON array, or plain text with one instruction a line.
 *
 * <p>JSON rows are understood by their fields: {@code instruction} with an optional {@code input}
 * that follows it after a blank line (Alpaca), {@code prompt}, or {@code conversation} of which the
 * first turn of the user counts (WildChat). {@code id} (or {@code conversation_hash}) and {@code
 * source} are optional: an instruction without an id is called by the file and its line.
 */
public final class InstructionPools {

  private static final Gson STRICT = new GsonBuilder().setStrictness(Strictness.STRICT).create();

  private InstructionPools() {}

  /**
   * Returns the instructions of a file, with the lines that hold none: malformed, blank, or with
   * the id of an earlier one. The lines of a JSON array are its elements.
   *
   * @throws InvalidInputException if the file cannot be read, or no line of it can be used
   */
  public static Parsed<Instruction> read(Path file) {
    Rows rows = new Rows(file);
    Parsed<Instruction> pool =
        switch (firstCharacter(file)) {
          case '[' -> readArray(file, rows);
          case '{' -> JsonLines.read(file, rows::json, false);
          default ->
              hasJsonName(file)
                  ? JsonLines.read(file, rows::json, false)
                  : JsonLines.read(file, rows::text, false);
        };
    if (pool.records().isEmpty()) {
      throw new InvalidInputException(
          "%s holds no instruction: %s. Expected are JSON rows with a field \"instruction\", \"prompt\" or \"conversation\", or plain text with one instruction a line"
              .formatted(file, pool.summary()));
    }
    return pool;
  }

  private static boolean hasJsonName(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".jsonl") || name.endsWith(".json") || name.endsWith(".ndjson");
  }

  /** Returns the first character that is no white space; a blank at the end of an empty file. */
  private static char firstCharacter(Path file) {
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

  private static Parsed<Instruction> readArray(Path file, Rows rows) {
    JsonArray array = parseArray(file);
    List<Instruction> records = new ArrayList<>();
    List<Parsed.Rejected> rejected = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      try {
        records.add(rows.json(i + 1, array.get(i).toString()));
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

  /** Turns rows of one file into instructions, and remembers their ids. */
  private static final class Rows {
    private final String name;
    private final Map<String, Long> lineById = new HashMap<>();

    Rows(Path file) {
      String fileName = String.valueOf(file.getFileName());
      int dot = fileName.lastIndexOf('.');
      name = dot > 0 ? fileName.substring(0, dot) : fileName;
    }

    Instruction text(long line, String text) {
      return add(line, new Instruction(name + "-" + line, text, name));
    }

    Instruction json(long line, String json) {
      JsonRecord row = JsonRecord.parse(json);
      String id = idOf(row, name + "-" + line);
      return add(line, new Instruction(id, textOf(row), row.optionalText("source").orElse(name)));
    }

    private Instruction add(long line, Instruction instruction) {
      Long earlier = lineById.putIfAbsent(instruction.id(), line);
      if (earlier != null) {
        throw new InvalidInputException(
            "the id \"" + instruction.id() + "\" was used in line " + earlier);
      }
      return instruction;
    }

    private static String idOf(JsonRecord row, String otherwise) {
      for (String field : List.of("id", "conversation_hash")) {
        if (row.has(field)) {
          return row.isNumber(field) ? Long.toString(row.integer(field)) : row.text(field);
        }
      }
      return otherwise;
    }

    private static String textOf(JsonRecord row) {
      if (row.has("instruction")) {
        String input = row.optionalText("input").orElse("");
        return row.text("instruction") + (input.isBlank() ? "" : "\n\n" + input);
      } else if (row.has("prompt")) {
        return row.text("prompt");
      } else if (row.has("conversation")) {
        return firstTurnOfTheUser(row.records("conversation"));
      }
      throw new InvalidInputException(
          "no field \"instruction\", \"prompt\" or \"conversation\" among " + row.names());
    }

    private static String firstTurnOfTheUser(List<JsonRecord> conversation) {
      return conversation.stream()
          .filter(turn -> turn.text("role").equals("user"))
          .map(turn -> turn.text("content"))
          .findFirst()
          .orElseThrow(() -> new InvalidInputException("the conversation has no turn of a user"));
    }
  }
}
