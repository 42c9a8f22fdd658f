package io.selftaught.judge.quickstart;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the quickstart can be told. */
@Command(
    name = "quickstart",
    description = "Lets a model teach itself to judge, measures it and shows what it says.",
    mixinStandardHelpOptions = true)
final class Options {

  @Option(
      names = "--model",
      paramLabel = "PATH",
      description = "A GGUF file or a model directory of your own, instead of the micro model.")
  private @Nullable Path model;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The only source of chance. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--instructions",
      paramLabel = "N",
      description = "How many instructions pairs are made of. Default: ${DEFAULT-VALUE}.")
  private int instructions = Quickstart.SIZE.instructions();

  @Option(names = "--rounds", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int rounds = Quickstart.SIZE.rounds();

  @Option(
      names = "--held-out",
      paramLabel = "N",
      description = "How many pairs measure a judge. Default: ${DEFAULT-VALUE}.")
  private int heldOutPairs = Quickstart.SIZE.heldOutPairs();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Receives all results. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("target", "quickstart");

  /** Returns the options, or nothing if they only ask for help or are wrong, which is said. */
  static Optional<Options> parse(String... args) {
    Options options = new Options();
    int code =
        new CommandLine(options)
            .setExecutionStrategy(parsed -> options.check(parsed))
            .execute(args);
    return code == 0 ? Optional.of(options) : Optional.empty();
  }

  private int check(CommandLine.ParseResult parsed) {
    if (Math.min(Math.min(instructions, rounds), heldOutPairs) < 1) {
      throw new ParameterException(
          parsed.commandSpec().commandLine(),
          "--instructions, --rounds and --held-out must be at least 1");
    }
    Integer code = CommandLine.executeHelpRequest(parsed);
    return code == null ? 0 : 1;
  }

  boolean own() {
    return model != null;
  }

  /** Returns where the model is, which is unpacked if need be. */
  Path model() {
    return model == null ? MicroModel.unpack(out.resolve("model")) : model;
  }

  Quickstart.Size size() {
    return new Quickstart.Size(instructions, rounds, heldOutPairs);
  }

  long seed() {
    return seed;
  }

  /** Returns the directory of the run. */
  Path run() {
    return out.resolve((own() ? "own-" : "micro-") + seed);
  }
}
