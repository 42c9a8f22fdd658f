package io.selftaught.judge.djl;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The memory that this process holds outside of Java's heap. The heap is left out because it grows
 * to what it is allowed whenever the collector finds that convenient, which tells nothing of leaks.
 */
public final class NativeFootprint {

  private static final Path MAPPINGS = Path.of("/proc/self/smaps");
  private static final Pattern RANGE = Pattern.compile("^(\\p{XDigit}+)-(\\p{XDigit}+) ");
  private static final Pattern ADDRESS = Pattern.compile("0x(\\p{XDigit}{8,16})");

  private NativeFootprint() {}

  /** Returns whether the system tells it. */
  public static boolean isKnown() {
    return Files.exists(MAPPINGS);
  }

  /** Returns it in mebibytes, 0 if the system doesn't tell it. */
  public static long mebibytes() throws IOException {
    if (!isKnown()) {
      return 0;
    }
    long[] heap = heap();
    long kibibytes = 0;
    boolean counted = true;
    for (String line : Files.readAllLines(MAPPINGS)) {
      Matcher range = RANGE.matcher(line);
      if (range.find()) {
        long start = Long.parseUnsignedLong(range.group(1), 16);
        counted = start < heap[0] || start >= heap[1];
      } else if (counted && line.startsWith("Rss:")) {
        kibibytes += Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    return kibibytes >> 10;
  }

  /**
   * Returns the first address of Java's heap and the one behind it, as the collector tells them.
   */
  private static long[] heap() {
    String told;
    try {
      told =
          (String)
              ManagementFactory.getPlatformMBeanServer()
                  .invoke(
                      new ObjectName("com.sun.management:type=DiagnosticCommand"),
                      "gcHeapInfo",
                      null,
                      null);
    } catch (JMException e) {
      throw new IllegalStateException("the heap's addresses are not told", e);
    }
    long[] addresses =
        ADDRESS
            .matcher(told)
            .results()
            .mapToLong(found -> Long.parseUnsignedLong(found.group(1), 16))
            .sorted()
            .toArray();
    return addresses.length == 0
        ? new long[2]
        : new long[] {addresses[0], addresses[addresses.length - 1]};
  }
}
