package io.selftaught.judge.benchmarks;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.core.JudgeExecutor;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.eval.LabeledComparison;
import io.selftaught.judge.core.eval.PairFiles;
import io.selftaught.judge.djl.DjlModel;
import io.selftaught.judge.djl.DjlOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Measures what holding a model's weights in fewer bits does to its verdicts. */
@Command(
    name = "agreement",
    description =
        "Has a model judge pairs by the probability of its verdict, averaged over both orders, once for each type that its weights are held in, and compares the verdicts.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // Set by the option parser.
final class AgreementCommand implements Callable<Integer> {

  private final PrintWriter out;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "PATH",
      description = "A GGUF file or Hugging Face directory.")
  private Path model;

  @Option(
      names = "--pairs",
      required = true,
      paramLabel = "FILE",
      description = "Labelled pairs as JSON Lines, such as PandaLM's.")
  private Path pairs;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "The pairs that are judged. Default: ${DEFAULT-VALUE}.")
  private int limit = 50;

  @Option(
      names = "--reference",
      paramLabel = "TYPE",
      description = "What the others are compared with. Default: ${DEFAULT-VALUE}.")
  private DjlOptions.DataType reference = DjlOptions.DataType.BF16;

  @Option(
      names = "--data-types",
      split = ",",
      paramLabel = "TYPE",
      description = "What is compared. Default: ${DEFAULT-VALUE}.")
  private List<DjlOptions.DataType> dataTypes = List.of(DjlOptions.DataType.INT8);

  AgreementCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    List<Comparison> comparisons =
        PairFiles.read(pairs).records().stream()
            .limit(limit)
            .map(LabeledComparison::comparison)
            .toList();
    List<Judgment> expected = judgments(reference, comparisons);
    for (DjlOptions.DataType type : dataTypes) {
      Agreement agreement = Agreement.of(expected, judgments(type, comparisons));
      out.printf("%s beside %s: %s%n", type, reference, agreement);
    }
    return ExitCode.OK;
  }

  private List<Judgment> judgments(DjlOptions.DataType type, List<Comparison> comparisons) {
    DjlOptions options = DjlOptions.builder().dataType(type).build();
    try (DjlModel loaded = DjlModel.load(model, options);
        JudgeExecutor executor =
            JudgeExecutor.builder(Judges.averagedOrders(Judges.verdictOnly(loaded))).build();
        Stream<Judgment> judgments = executor.compareAll(comparisons.stream())) {
      return judgments.toList();
    }
  }
}
