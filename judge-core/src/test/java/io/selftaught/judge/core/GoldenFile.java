package io.selftaught.judge.core;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/** Files of reference values that a script wrote. */
public final class GoldenFile {

  private GoldenFile() {}

  /** Returns the lines of a file beside a test, without comments. */
  public static Stream<String> lines(Class<?> test, String name) throws IOException {
    InputStream file = Objects.requireNonNull(test.getResourceAsStream(name), name);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("#")).toList().stream();
    }
  }
}
