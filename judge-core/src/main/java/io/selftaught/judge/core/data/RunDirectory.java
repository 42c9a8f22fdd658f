package io.selftaught.judge.core.data;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The directory of a long run that can be killed and begun again.
 *
 * <p>{@code run.json} says what the run is made with; a directory that was begun with anything else
 * is refused, because half of its records would not fit the other half. {@code run.lock} keeps a
 * second process out. {@code report.json} is written last and at once, so that it is there only
 * when the run has ended. The rest are journals and what the stages make.
 */
public final class RunDirectory implements AutoCloseable {

  private final Path directory;
  private final FileChannel lock;

  private RunDirectory(Path directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * Opens a directory to begin a run, or to go on with one.
   *
   * @param settings all that the records of the run depend on, by readable names
   * @throws InvalidInputException if the directory was begun with other settings, is in use by
   *     somebody else, or cannot be written
   */
  public static RunDirectory open(Path directory, Map<String, String> settings) {
    requireNonNull(settings, "settings");
    RunDirectory run = new RunDirectory(directory, lock(directory));
    try {
      run.checkOrWrite(settings);
      return run;
    } catch (RuntimeException e) {
      run.close();
      throw e;
    }
  }

  /** Returns the path of a file or directory of the run. */
  public Path path(String name) {
    return directory.resolve(name);
  }

  /**
   * Writes the report that ends the run.
   *
   * @throws InvalidInputException if it cannot be written
   */
  public void writeReport(JsonRecord report) {
    JsonFile.write(path("report.json"), report);
  }

  /** Lets others use the directory. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new InvalidInputException("Cannot close " + path("run.lock"), e);
    }
  }

  @Override
  public String toString() {
    return "RunDirectory[" + directory + "]";
  }

  /** Returns the open channel that holds the lock; a killed process loses it with its life. */
  private static FileChannel lock(Path directory) {
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve("run.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!FileLocks.tryLock(channel)) {
        channel.close();
        throw new InvalidInputException(
            "Another run is working in " + directory + "; wait for it or choose another directory");
      }
      return channel;
    } catch (IOException e) {
      throw new InvalidInputException(
          "Cannot write to " + directory + ": " + e + "; choose another directory", e);
    }
  }

  private void checkOrWrite(Map<String, String> settings) {
    Path manifest = path("run.json");
    if (!Files.exists(manifest)) {
      JsonFile.write(manifest, JsonRecord.builder().putTextMap("settings", settings).build());
      return;
    }
    Map<String, String> before = JsonFile.read(manifest).textMap("settings");
    String differences = differences(before, settings);
    if (!differences.isEmpty()) {
      throw new InvalidInputException(
          "%s was begun with other settings: %s. Use the same settings, or another directory"
              .formatted(directory, differences));
    }
  }

  private static String differences(Map<String, String> before, Map<String, String> now) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(before.get(name), now.get(name)))
        .map(
            name ->
                "%s was %s, is now %s"
                    .formatted(
                        name,
                        before.getOrDefault(name, "not set"),
                        now.getOrDefault(name, "not set")))
        .collect(Collectors.joining("; "));
  }
}
