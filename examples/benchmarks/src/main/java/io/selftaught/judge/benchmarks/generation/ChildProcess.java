package io.selftaught.judge.benchmarks.generation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that is ended with its owner, and whose words are kept for the case of a failure. */
final class ChildProcess implements AutoCloseable {

  private static final int LAST_LINES = 15;

  private final String name;
  private final Process process;
  private final Path log;
  private final Thread hook;

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.hook = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts a process.
   *
   * @param log receives what it prints
   * @throws IllegalStateException if there is no such program
   */
  static ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Path log) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    try {
      return new ChildProcess(name, builder.start(), log);
    } catch (IOException e) {
      throw new IllegalStateException(name + " can't be started: " + e.getMessage(), e);
    }
  }

  /** Runs a process to its end, which must be a good one. */
  static void run(String name, List<String> command, Map<String, String> environment, Path log) {
    try (ChildProcess process = start(name, command, environment, log)) {
      process.await();
    }
  }

  long pid() {
    return process.pid();
  }

  private void await() {
    try {
      if (process.waitFor() != 0) {
        throw failed("ended with status " + process.exitValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(name + " was interrupted", e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Returns the failure to throw, with the last lines that the process printed. */
  IllegalStateException failed(String how) {
    return new IllegalStateException(name + " " + how + "; it said last:\n" + lastLines());
  }

  /** Returns the lines that the process printed so far and that contain a text. */
  List<String> lines(String text) {
    try {
      return Files.readString(log, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.contains(text))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String lastLines() {
    List<String> lines = lines("");
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}
