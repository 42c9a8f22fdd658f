package io.selftaught.judge.core.data;

import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are written as a whole: reports, manifests, exports. */
public final class TextFile {

  private TextFile() {}

  /**
   * Writes a file, in UTF-8, so that whoever looks sees all of it or what was there before. Makes
   * the directory if it is missing.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  public static void write(Path file, String text) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      try {
        Files.writeString(part, text, StandardCharsets.UTF_8);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "Cannot write " + file + ": " + e.getMessage() + "; choose another place", e);
    }
  }
}
