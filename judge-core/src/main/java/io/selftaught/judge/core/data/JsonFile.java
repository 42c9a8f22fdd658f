package io.selftaught.judge.core.data;

import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files of one JSON object: manifests and reports. */
public final class JsonFile {

  private JsonFile() {}

  /**
   * Returns the record that a file holds.
   *
   * @throws InvalidInputException if the file cannot be read or is not one JSON object
   */
  public static JsonRecord read(Path file) {
    try {
      return JsonRecord.parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("No such file: " + file, e);
    } catch (IOException | InvalidInputException e) {
      throw new InvalidInputException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Writes a file as {@link TextFile} does.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  public static void write(Path file, JsonRecord record) {
    TextFile.write(file, record.toPrettyString() + "\n");
  }
}
