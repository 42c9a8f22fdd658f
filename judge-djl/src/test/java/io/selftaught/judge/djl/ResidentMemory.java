package io.selftaught.judge.djl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory that this process holds, native memory included. */
public final class ResidentMemory {

  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentMemory() {}

  /** Returns whether the system tells it. */
  public static boolean isKnown() {
    return Files.exists(STATUS);
  }

  /** Returns it in mebibytes, 0 if the system doesn't tell it. */
  public static long mebibytes() throws IOException {
    if (!isKnown()) {
      return 0;
    }
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
          .findFirst()
          .orElseThrow();
    }
  }
}
