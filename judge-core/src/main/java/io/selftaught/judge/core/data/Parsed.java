package io.selftaught.judge.core.data;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a file held: the records that could be used, and the lines that could not.
 *
 * @param records in the order of the file
 * @param rejected in the order of the file
 */
public record Parsed<T>(List<T> records, List<Rejected> rejected) {

  public Parsed {
    records = List.copyOf(records);
    rejected = List.copyOf(rejected);
  }

  /** Returns a line for a person: how many records, how many rejected lines, the first of them. */
  public String summary() {
    String counts =
        String.format(
            Locale.ROOT, "%d records, %d lines rejected", records.size(), rejected.size());
    return rejected.isEmpty()
        ? counts
        : rejected.stream()
            .limit(3)
            .map(Rejected::toString)
            .collect(Collectors.joining("; ", counts + " (", rejected.size() > 3 ? "; ...)" : ")"));
  }

  /**
   * A line that could not be used.
   *
   * @param line its number in the file, from 1
   * @param reason why, for a person
   */
  public record Rejected(long line, String reason) {
    public Rejected {
      requireNonNull(reason, "reason");
    }

    @Override
    public String toString() {
      return "line " + line + ": " + reason;
    }
  }
}
