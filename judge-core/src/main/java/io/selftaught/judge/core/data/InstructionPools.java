package io.selftaught.judge.core.data;

import io.selftaught.judge.Instruction;
import io.selftaught.judge.InvalidInputException;
import java.nio.file.Path;
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
        switch (JsonRows.firstCharacter(file)) {
          case '[' -> JsonRows.readArray(file, rows::json);
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
          return row.textOrInteger(field);
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
