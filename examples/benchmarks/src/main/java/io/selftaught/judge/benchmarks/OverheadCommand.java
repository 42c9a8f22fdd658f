package io.selftaught.judge.benchmarks;

import io.selftaught.judge.core.data.JsonFile;
import io.selftaught.judge.core.data.JsonRecord;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Measures the library's own work with a model that answers at once. */
@Command(
    name = "overhead",
    description = "Measures what the library does beside the model, by JMH.",
    mixinStandardHelpOptions = true)
final class OverheadCommand implements Callable<Integer> {

  private static final List<Class<?>> BENCHMARKS =
      List.of(ComparisonBenchmark.class, PromptBenchmark.class, SamplerBenchmark.class);

  private final PrintWriter out;

  @Option(
      names = "--model",
      paramLabel = "PATH",
      description =
          "A GGUF file or Hugging Face directory whose chat template and tokenizer are measured"
              + " too, and the scheduler with them. May be given several times.")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Receives machine, settings and figures as JSON. Default: ${DEFAULT-VALUE}.")
  private Path file = Path.of("target", "benchmarks", "overhead.json");

  @Option(
      names = "--forks",
      paramLabel = "N",
      description =
          "Processes for each benchmark; 0 measures in this one. Default: ${DEFAULT-VALUE}.")
  private int forks = 2;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description =
          "Measured iterations in each process, after as many to warm up. Default: ${DEFAULT-VALUE}.")
  private int iterations = 5;

  @Option(
      names = "--milliseconds",
      paramLabel = "N",
      description = "The length of an iteration. Default: ${DEFAULT-VALUE}.")
  private int milliseconds = 1000;

  OverheadCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() throws RunnerException {
    Machine machine = Machine.here();
    out.println(machine);
    out.println(Figure.HEAD);
    List<Figure> figures = new ArrayList<>();
    for (Class<?> benchmark : BENCHMARKS) {
      figures.addAll(measure(options(benchmark)));
    }
    if (!models.isEmpty()) {
      figures.addAll(measureModels(TextBenchmark.class));
      figures.addAll(measureModels(SchedulingBenchmark.class));
    }
    write(machine, figures);
    out.println("As JSON: " + file);
    return ExitCode.OK;
  }

  private List<Figure> measureModels(Class<?> benchmark) throws RunnerException {
    return measure(options(benchmark).param("model", models.toArray(String[]::new)));
  }

  private ChainedOptionsBuilder options(Class<?> benchmark) {
    TimeValue time = TimeValue.milliseconds(milliseconds);
    return new OptionsBuilder()
        .include("^" + Pattern.quote(benchmark.getName()) + "\\.")
        .forks(forks)
        .warmupIterations(iterations)
        .warmupTime(time)
        .measurementIterations(iterations)
        .measurementTime(time)
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
  }

  private List<Figure> measure(ChainedOptionsBuilder options) throws RunnerException {
    List<Figure> figures = new Runner(options.build()).run().stream().map(Figure::of).toList();
    figures.forEach(out::println);
    return figures;
  }

  private void write(Machine machine, List<Figure> figures) {
    JsonRecord settings =
        JsonRecord.builder()
            .put("forks", forks)
            .put("warmupIterations", iterations)
            .put("iterations", iterations)
            .put("milliseconds", milliseconds)
            .putTexts("models", models)
            .build();
    JsonFile.write(
        file,
        JsonRecord.builder()
            .put("machine", machine.toJson())
            .put("settings", settings)
            .putRecords("figures", figures.stream().map(Figure::toJson).toList())
            .build());
  }
}
