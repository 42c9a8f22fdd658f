package io.selftaught.judge.core.remote;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** All that is logged, by anybody and at any level, while it is open. */
final class LogRecords extends Handler implements AutoCloseable {

  private final Logger root = Logger.getLogger("");
  private final Level level = root.getLevel();
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  private LogRecords() {}

  static LogRecords collect() {
    LogRecords records = new LogRecords();
    records.setLevel(Level.ALL);
    records.root.addHandler(records);
    records.root.setLevel(Level.ALL);
    return records;
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
  }

  /** Returns what was logged at a level or above: messages, parameters and failures. */
  List<String> from(Level least) {
    return records.stream()
        .filter(record -> record.getLevel().intValue() >= least.intValue())
        .map(LogRecords::text)
        .toList();
  }

  private static String text(LogRecord record) {
    StringBuilder text = new StringBuilder();
    text.append(record.getLoggerName()).append(": ").append(record.getMessage());
    text.append(' ').append(Arrays.toString(record.getParameters()));
    for (Throwable t = record.getThrown(); t != null; t = t.getCause()) {
      text.append(' ').append(t);
    }
    return text.toString();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
    root.setLevel(level);
  }
}
