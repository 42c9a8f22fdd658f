package io.selftaught.judge.djl;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What a device has left, as far as its system says. */
final class AvailableMemory {

  private final Path memInfo;
  private final Path cgroup;

  /** Reads files in the formats of Linux. */
  AvailableMemory(Path memInfo, Path cgroup) {
    this.memInfo = memInfo;
    this.cgroup = cgroup;
  }

  /**
   * Returns the bytes of a device that one of several copies of a model may take, if that can be
   * told.
   *
   * @param taken the bytes that this copy has already
   */
  static OptionalLong of(DjlOptions options, Device device, int copies, long taken) {
    if (options.memory().isPresent()) {
      return OptionalLong.of(options.memory().getAsLong() / copies - taken);
    }
    OptionalLong all = of(device);
    return all.isPresent() ? OptionalLong.of(all.getAsLong() / copies) : all;
  }

  /** Returns the bytes that can be taken without hurting others, if that can be told. */
  static OptionalLong of(Device device) {
    if (device.isGpu()) {
      MemoryUsage usage = CudaUtils.getGpuMemory(device);
      return OptionalLong.of(usage.getMax() - usage.getCommitted());
    }
    return new AvailableMemory(Path.of("/proc/meminfo"), Path.of("/sys/fs/cgroup")).bytes();
  }

  /** The lesser of what the machine has and what a container may still take. */
  OptionalLong bytes() {
    OptionalLong machine = field(memInfo, "MemAvailable:", 1 << 10);
    OptionalLong limit = number(cgroup.resolve("memory.max"));
    OptionalLong used = number(cgroup.resolve("memory.current"));
    if (limit.isEmpty() || used.isEmpty()) {
      return machine;
    }
    // Files that the kernel has cached count as used, and are given up when memory is needed.
    long files = field(cgroup.resolve("memory.stat"), "inactive_file", 1).orElse(0);
    long container = Math.max(0, limit.getAsLong() - used.getAsLong() + files);
    return OptionalLong.of(Math.min(container, machine.orElse(Long.MAX_VALUE)));
  }

  private static OptionalLong field(Path file, String name, int unit) {
    if (!Files.isReadable(file)) {
      return OptionalLong.empty();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .map(line -> line.trim().split("\\s+", -1))
          .filter(parts -> parts.length > 1 && parts[0].equals(name))
          .mapToLong(parts -> Long.parseLong(parts[1]) * unit)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** A file that holds one number, or the word max for none. */
  private static OptionalLong number(Path file) {
    try {
      String text = Files.isReadable(file) ? Files.readString(file).trim() : "max";
      return text.equals("max") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
