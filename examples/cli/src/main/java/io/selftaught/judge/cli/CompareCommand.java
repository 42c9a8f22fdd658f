package io.selftaught.judge.cli;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.data.JudgeJson;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Judges one pair of answers. */
@Command(
    name = "compare",
    description = "Says which of two answers to a prompt is better, and why.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // Set by the option parser.
final class CompareCommand implements Callable<Integer> {

  private final Engine engine;
  private final PrintWriter out;
  private final PrintWriter err;

  @Spec private CommandSpec spec;
  @Mixin private ModelOptions model;
  @Mixin private JudgingOptions judging;
  @Mixin private GuardOptions guards;

  @Option(names = "--prompt", required = true, paramLabel = "P", description = "What was asked.")
  private String prompt;

  @Option(names = "--a", required = true, paramLabel = "A", description = "The first answer.")
  private String a;

  @Option(names = "--b", required = true, paramLabel = "B", description = "The second answer.")
  private String b;

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      description =
          "Show the answers in both orders and keep what they agree on, or as given: "
              + "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Orders order = Orders.BOTH;

  @Option(names = "--json", description = "Print the judgment as one JSON object.")
  private boolean json;

  CompareCommand(Engine engine, PrintWriter out, PrintWriter err) {
    this.engine = engine;
    this.out = out;
    this.err = err;
  }

  private enum Orders {
    BOTH,
    AB;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() {
    if (prompt.isBlank()) {
      throw new ParameterException(spec.commandLine(), "--prompt must not be blank");
    }
    judging.check();
    guards.check(judging);
    try (Engine.Opened opened = engine.open(model);
        LanguageModel judgeModel = judging.judgeModel(opened.model())) {
      Judge bare =
          order == Orders.BOTH
              ? judging.inBothOrders(judgeModel, opened.info())
              : judging.inOneOrder(judgeModel, opened.info());
      GuardOptions.Guarded guarded = guards.guard(bare);
      print(guarded.judge().compare(Comparison.of(prompt, a, b)));
      guarded.canaries().ifPresent(canaries -> err.println(canaries.report()));
    }
    return ExitCode.OK;
  }

  private void print(Judgment judgment) {
    if (json) {
      out.println(JudgeJson.toJson(judgment));
      return;
    }
    out.println(judgment.verdict().<String>fold(p -> "Verdict: " + p, c -> "Undecided: " + c));
    judgment.traces().stream()
        .filter(trace -> trace.verdict().equals(Verdict.undecided(Cause.FAILED)))
        .map(Trace::text)
        .distinct()
        .forEach(out::println);
    if (!judgment.rationale().isBlank()) {
      out.println();
      out.println(judgment.rationale().strip());
    }
    judgment
        .probabilities()
        .ifPresent(
            p ->
                out.printf(
                    Locale.ROOT,
                    "Probabilities: A %.1f%%, tie %.1f%%, B %.1f%%%n",
                    100 * p.a(),
                    100 * p.tie(),
                    100 * p.b()));
    out.println();
    out.println(
        judgment.traces().stream()
            .map(trace -> "shown as " + trace.order() + ": " + trace.verdict())
            .collect(Collectors.joining(", ", "", "; " + judgment.usage())));
  }
}
