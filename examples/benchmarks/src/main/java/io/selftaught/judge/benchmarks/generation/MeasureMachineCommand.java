package io.selftaught.judge.benchmarks.generation;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** A process that measures the {@link Roofline}, so that no other one holds its memory. */
@Command(name = "measure-machine", hidden = true)
@SuppressWarnings("NullAway.Init") // Set by the option parser.
public final class MeasureMachineCommand implements Callable<Integer> {

  @Option(names = "--threads", required = true)
  private int threads;

  @Option(names = "--hidden-size", required = true)
  private int hiddenSize;

  @Option(names = "--intermediate-size", required = true)
  private int intermediateSize;

  @Option(names = "--numbers")
  private int numbers = 1 << 27;

  @Option(names = "--square")
  private int square = 2048;

  @Option(names = "--out", required = true)
  private Path out;

  /** Called by the program. */
  public MeasureMachineCommand() {}

  @Override
  public Integer call() {
    Roofline.measure(threads, new Roofline.Sizes(numbers, square, hiddenSize, intermediateSize))
        .write(out);
    return ExitCode.OK;
  }
}
