package io.selftaught.judge.benchmarks.generation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Scripts among this package's resources. */
final class Resource {

  private Resource() {}

  /** Copies a script to where another program can read it, and returns that place. */
  static Path copy(String name, Path folder) {
    Path copy = folder.resolve(name);
    try (InputStream source =
        Objects.requireNonNull(Resource.class.getResourceAsStream(name), name)) {
      Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
