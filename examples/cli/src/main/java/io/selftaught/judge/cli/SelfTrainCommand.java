package io.selftaught.judge.cli;

import io.selftaught.judge.Instruction;
import io.selftaught.judge.LoraConfig;
import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.SelfTraining;
import io.selftaught.judge.core.SelfTrainingReport;
import io.selftaught.judge.core.annotate.RejectionSampling;
import io.selftaught.judge.core.data.InstructionPools;
import io.selftaught.judge.core.data.Parsed;
import io.selftaught.judge.core.eval.LabeledComparison;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.report.ConsoleProgress;
import io.selftaught.judge.report.HtmlReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the loop in which a judge teaches itself. */
@Command(
    name = "self-train",
    description = {
      "Lets a model teach itself to judge, from instructions alone.",
      "A run that was cut off continues when the same command is given again."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // Set by the option parser.
final class SelfTrainCommand implements Callable<Integer> {

  private final Engine engine;
  private final PrintWriter out;
  private final PrintWriter err;

  @Mixin private ModelOptions model;
  @Mixin private SamplingOptions sampling;

  @Option(
      names = "--pool",
      required = true,
      paramLabel = "FILE",
      description = "Instructions: JSON Lines, a JSON array, or plain text, one a line.")
  private Path pool;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Receives every record, the adapters, report.json and report.html.")
  private Path directory;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      converter = Count.class,
      description = "Rounds of judging and training. Default: ${DEFAULT-VALUE}.")
  private int rounds = 1;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = Count.class,
      description = "The most instructions to select. Default: ${DEFAULT-VALUE}.")
  private int limit = 1000;

  @Option(
      names = "--samples",
      paramLabel = "N",
      converter = Count.class,
      description = "Judgments to sample of a pair in each order. Default: ${DEFAULT-VALUE}.")
  private int samples = 15;

  @Option(
      names = "--validation",
      paramLabel = "FILE",
      description = "Labelled pairs that every round's judge is tried on.")
  private @Nullable Path validation;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The only source of chance. Default: ${DEFAULT-VALUE}.")
  private long seed;

  SelfTrainCommand(Engine engine, PrintWriter out, PrintWriter err) {
    this.engine = engine;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    Parsed<Instruction> instructions = InstructionPools.read(pool);
    err.println(pool + ": " + instructions.summary());
    List<LabeledComparison> heldOut =
        validation == null ? List.of() : EvaluateCommand.read(validation, err);
    SelfTrainingReport report = train(instructions.records(), heldOut);
    new SelfTrainingTable(report).print(out);
    Path page = directory.resolve("report.html");
    HtmlReport.of(report).withDirectory(directory).write(page);
    out.println("Everything is in " + directory + "; for reading: " + page);
    return ExitCode.OK;
  }

  private SelfTrainingReport train(
      List<Instruction> instructions, List<LabeledComparison> heldOut) {
    try (Engine.Opened opened = engine.open(model);
        ConsoleProgress progress = new ConsoleProgress(err)) {
      return loop(opened)
          .validation(heldOut)
          .listener(progress)
          .build()
          .run(instructions, directory);
    }
  }

  private SelfTraining.Builder loop(Engine.Opened opened) {
    JudgePrompt prompt = JudgingOptions.prompt(opened.info());
    TrainingConfig training = TrainingConfig.builder().seed(seed).build();
    return SelfTraining.builder(
            opened.model(), opened.fineTuner(LoraConfig.builder().build(), training))
        .annotator(RejectionSampling.builder(prompt).generation(sampling.sampling(samples)).build())
        .validationJudge(
            judge -> Judges.bothOrders(Judges.prompted(judge, prompt, sampling.drawing(1))))
        .rounds(rounds)
        .limit(limit)
        .seed(seed);
  }
}
