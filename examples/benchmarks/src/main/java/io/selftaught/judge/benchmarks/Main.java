package io.selftaught.judge.benchmarks;

import io.selftaught.judge.benchmarks.generation.GenerationCommand;
import io.selftaught.judge.benchmarks.generation.MeasureDjlCommand;
import io.selftaught.judge.benchmarks.generation.MeasureMachineCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the benchmarks; each kind of measurement is a sub-command. */
@Command(
    name = "benchmarks",
    description = "Measures what the library costs and how fast it is on this machine.",
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
        .addSubcommand(new GenerationCommand(out))
        .addSubcommand(new AgreementCommand(out))
        .addSubcommand(new MeasureDjlCommand())
        .addSubcommand(new MeasureMachineCommand())
        .setOut(out)
        .execute(args);
  }
}
