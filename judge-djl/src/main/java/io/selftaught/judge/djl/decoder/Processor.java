package io.selftaught.judge.djl.decoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the processor computes in, as far as the system tells. */
public final class Processor {

  private static final Set<String> FLAGS = flags(Path.of("/proc/cpuinfo"));

  private Processor() {}

  /**
   * Returns whether the processor has any of these features.
   *
   * @param flags names of Linux, such as {@code amx_bf16}
   * @return false where it can't be told, as on other systems
   */
  public static boolean has(String... flags) {
    return Arrays.stream(flags).anyMatch(FLAGS::contains);
  }

  static Set<String> flags(Path cpuInfo) {
    if (!Files.isReadable(cpuInfo)) {
      return Set.of();
    }
    try (Stream<String> lines = Files.lines(cpuInfo)) {
      return lines
          .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).trim().split("\\s+", -1))
          .map(names -> Arrays.stream(names).collect(Collectors.toUnmodifiableSet()))
          .orElse(Set.of());
    } catch (IOException e) {
      return Set.of();
    }
  }
}
