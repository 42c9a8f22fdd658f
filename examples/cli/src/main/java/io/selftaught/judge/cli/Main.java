package io.selftaught.judge.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the command line. */
@Command(
    name = "judge",
    description = "Judges pairs of answers with a local language model, and teaches it to judge.",
    mixinStandardHelpOptions = true,
    version = "judge 0.1.0",
    synopsisSubcommandLabel = "COMMAND")
public final class Main {

  private Main() {}

  /** Runs one command and exits with 0, with 2 for bad input, or with 1 for a failure. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true"); // Charts are drawn without a screen.
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(interruptionOf(Thread.currentThread(), ended));
    int exitCode = run(new DjlEngine(err), out, err, args);
    ended.countDown();
    System.exit(exitCode);
  }

  /**
   * Returns what Ctrl-C does: it interrupts the command, which closes its model. A process that
   * ends while native threads compute may crash on its way out; that loses nothing, but looks bad.
   */
  private static Thread interruptionOf(Thread command, CountDownLatch ended) {
    return new Thread(
        () -> {
          try {
            if (ended.getCount() > 0) {
              command.interrupt();
              boolean unused = ended.await(20, TimeUnit.SECONDS);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        "interruption");
  }

  static int run(Engine engine, PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new Main())
        .addSubcommand(new CompareCommand(engine, out, err))
        .addSubcommand(new EvaluateCommand(engine, out, err))
        .addSubcommand(new SelfTrainCommand(engine, out, err))
        .addSubcommand(new InfoCommand(engine, out))
        .addSubcommand(new BenchCommand(engine, out))
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Errors::badUsage)
        .setExecutionExceptionHandler(Errors::failure)
        .execute(args);
  }
}
