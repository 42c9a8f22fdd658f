package io.selftaught.judge.cli;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.core.data.Parsed;
import io.selftaught.judge.core.eval.Benchmark;
import io.selftaught.judge.core.eval.Evaluation;
import io.selftaught.judge.core.eval.EvaluationReport;
import io.selftaught.judge.core.eval.LabeledComparison;
import io.selftaught.judge.core.eval.PairFiles;
import io.selftaught.judge.core.eval.PairedTest;
import io.selftaught.judge.report.ConsoleProgress;
import io.selftaught.judge.report.HtmlReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Judges pairs whose better answer is known, and says how often the judge was right. */
@Command(
    name = "evaluate",
    description = "Judges labelled pairs in both orders and says how often the judge was right.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // Set by the option parser.
final class EvaluateCommand implements Callable<Integer> {

  private final Engine engine;
  private final PrintWriter out;
  private final PrintWriter err;

  @Mixin private ModelOptions model;
  @Mixin private JudgingOptions judging;
  @Mixin private GuardOptions guards;
  @Mixin private CalibrationOptions calibration;

  @Option(
      names = "--pairs",
      required = true,
      paramLabel = "FILE",
      description = "JSON Lines of {\"id\", \"prompt\", \"a\", \"b\", \"preferred\": A, B or TIE}.")
  private Path pairs;

  @Option(
      names = "--benchmark",
      paramLabel = "NAME",
      description =
          "Read the pairs as this published set has them, and print its own scores too:"
              + " ${COMPLETION-CANDIDATES}.")
  private @Nullable Benchmark benchmark;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = Count.class,
      description = "Judge only so many pairs, spread over the file.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Receives judgments.jsonl, pair by pair, report.json and report.html. The same command"
              + " continues.")
  private @Nullable Path directory;

  @Option(
      names = "--against",
      paramLabel = "DIR",
      description =
          "The --out of an earlier evaluation: says on the pairs that both judged whether this judge"
              + " is right more often, by the exact test of McNemar.")
  private @Nullable Path against;

  @Option(
      names = "--export",
      paramLabel = "FILE",
      converter = Export.Converter.class,
      description =
          "Receives the figures as Markdown (.md), a line for each pair (.csv), or a JUnit test"
              + " case for each pair (.xml). May be given several times.")
  private List<Export> exports = List.of();

  EvaluateCommand(Engine engine, PrintWriter out, PrintWriter err) {
    this.engine = engine;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    judging.check();
    guards.check(judging);
    calibration.check(judging, guards);
    Parsed<LabeledComparison> read =
        benchmark == null ? PairFiles.read(pairs) : benchmark.read(pairs);
    List<LabeledComparison> known = known(pairs, read, err);
    Optional<EvaluationReport> earlier =
        Optional.ofNullable(against).map(run -> Evaluation.read(run, known));
    EvaluationReport report = evaluate(known);
    out.print(report);
    if (benchmark != null) {
      print(benchmark, report);
    }
    earlier.ifPresent(other -> out.println("against " + against + ": " + compare(report, other)));
    calibration.write(report, out);
    exports.forEach(export -> export.write(report));
    if (directory != null) {
      Path page = directory.resolve("report.html");
      HtmlReport.of(report).withDirectory(directory).write(page);
      out.println("For reading: " + page);
    }
    out.flush();
    return ExitCode.OK;
  }

  private PairedTest compare(EvaluationReport report, EvaluationReport earlier) {
    try {
      return report.pairedWith(earlier);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("--against " + against + ": " + e.getMessage(), e);
    }
  }

  private EvaluationReport evaluate(List<LabeledComparison> known) {
    try (Engine.Opened opened = engine.open(model);
        LanguageModel judgeModel = judging.judgeModel(opened.model());
        ConsoleProgress progress = new ConsoleProgress(err)) {
      GuardOptions.Guarded guarded = guards.guard(judging.inBothOrders(judgeModel, opened.info()));
      Evaluation evaluation =
          Evaluation.of(guarded.judge()).withLimit(limit).withListener(progress);
      EvaluationReport report =
          (directory == null ? evaluation : evaluation.withDirectory(directory)).run(known);
      guarded.canaries().ifPresent(canaries -> err.println(canaries.report()));
      return report;
    }
  }

  private void print(Benchmark rule, EvaluationReport report) {
    out.println("By the rule of " + rule + ":");
    rule.score(report)
        .forEach((name, score) -> out.printf(Locale.ROOT, "  %-78s %5.1f%%%n", name, 100 * score));
  }

  /** Returns the pairs of a file, and tells of the lines that hold none. */
  static List<LabeledComparison> read(Path file, PrintWriter err) {
    return known(file, PairFiles.read(file), err);
  }

  private static List<LabeledComparison> known(
      Path file, Parsed<LabeledComparison> parsed, PrintWriter err) {
    if (parsed.records().isEmpty()) {
      throw new InvalidInputException(file + " holds no labelled pair: " + parsed.summary());
    }
    if (!parsed.rejected().isEmpty()) {
      err.println(file + ": " + parsed.summary());
    }
    return parsed.records();
  }
}
