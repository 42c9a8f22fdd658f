package io.selftaught.judge.benchmarks;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the benchmarks; each kind of measurement is a sub-command. */
@Command(
    name = "benchmarks",
    description = "Measures what the library costs on this machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class Main {

  private Main() {}

  /** Runs one sub-command and exits with 0, with 2 for wrong options, or with 1 for a failure. */
  public static void main(String[] args) {
    System.exit(run(new PrintWriter(System.out, true, StandardCharsets.UTF_8), args));
  }

  static int run(PrintWriter out, String... args) {
    return new CommandLine(new Main())
        .addSubcommand(new OverheadCommand(out))
        .setOut(out)
        .execute(args);
  }
}
