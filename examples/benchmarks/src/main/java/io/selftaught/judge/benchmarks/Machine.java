package io.selftaught.judge.benchmarks;

import io.selftaught.judge.core.data.JsonRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where something was measured.
 *
 * @param processor its name, or its architecture where the system does not tell
 * @param cores those that this process may use
 * @param system the operating system
 * @param java the virtual machine with its version
 */
public record Machine(String processor, int cores, String system, String java) {

  private static final Path CPUS = Path.of("/proc/cpuinfo");

  /** Returns this machine. */
  public static Machine here() {
    return new Machine(
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
  }

  private static String processorName() {
    try (Stream<String> lines = Files.lines(CPUS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  /** Returns what the files tell of it. */
  public JsonRecord toJson() {
    return JsonRecord.builder()
        .put("processor", processor)
        .put("cores", cores)
        .put("system", system)
        .put("java", java)
        .build();
  }

  @Override
  public String toString() {
    return "%s, cores used: %d, %s, %s".formatted(processor, cores, system, java);
  }
}
