package io.selftaught.judge.cli;

import io.selftaught.judge.djl.ModelInfo;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** Says what a model is and how it would run here. */
@Command(
    name = "info",
    description = "Loads a model and says what it is.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // Set by the option parser.
final class InfoCommand implements Callable<Integer> {

  private final Engine engine;
  private final PrintWriter out;

  @Mixin private ModelOptions model;

  InfoCommand(Engine engine, PrintWriter out) {
    this.engine = engine;
    this.out = out;
  }

  @Override
  public Integer call() {
    try (Engine.Opened opened = engine.open(model)) {
      ModelInfo info = opened.info();
      print("model", info.name());
      print("architecture", info.architecture());
      print("parameters", String.format(Locale.ROOT, "%,d", info.parameters()));
      print("dtype", info.dataType());
      print("context", info.contextTokens() + " tokens");
      print("device", info.device());
      print("memory", String.format(Locale.ROOT, "%,d MiB of weights", info.weightBytes() >> 20));
      print("keys, values", info.keyValues());
    }
    return ExitCode.OK;
  }

  private void print(String name, Object value) {
    out.printf(Locale.ROOT, "%-13s %s%n", name, value);
  }
}
