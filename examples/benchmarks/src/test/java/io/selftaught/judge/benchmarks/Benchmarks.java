package io.selftaught.judge.benchmarks;

import java.io.PrintWriter;
import java.io.Writer;

/** Runs the program in this process, for tests of its other packages. */
public final class Benchmarks {

  private Benchmarks() {}

  /** Returns the exit status. */
  public static int run(String... arguments) {
    return Main.run(new PrintWriter(Writer.nullWriter()), arguments);
  }
}
