package io.selftaught.judge.quickstart;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.core.SelfTrainingReport;
import io.selftaught.judge.core.SelfTrainingReport.Round;
import io.selftaught.judge.core.SelfTrainingReport.StageCount;
import io.selftaught.judge.core.SelfTrainingReport.Training;
import io.selftaught.judge.core.SelfTrainingReport.Validation;
import io.selftaught.judge.report.ConsoleProgress;
import io.selftaught.judge.report.Example;
import io.selftaught.judge.report.HtmlReport;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where the quickstart shows what happens: on the console, and at last in a report. */
final class Stage implements AutoCloseable {

  /** Three pairs of your own could stand here. */
  private static final List<Comparison> PAIRS =
      List.of(
          Comparison.of("Find the largest number: 27 81 46.", "81", "I am certain: 46"),
          Comparison.of(
              "Reverse the words: sun tree book.", "Sure! sun book tree", "book tree sun"),
          Comparison.of("Opposites of hot and big?", "cold small", "Glad to help! puppy calf"));

  private static final List<Preference> RIGHT = List.of(Preference.A, Preference.B, Preference.A);

  private final Path run;
  private final PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
  private final ConsoleProgress progress = new ConsoleProgress(out);
  private final List<Example> examples = new ArrayList<>();

  Stage(Path run) {
    this.run = run;
  }

  ProgressListener progress() {
    return progress;
  }

  /** Prints a line for the seed judge and one for each round. */
  void print(SelfTrainingReport report) {
    progress.close();
    out.printf(
        Locale.ROOT,
        "%n%-6s %-34s %-34s %-32s %s%n",
        "round",
        "accuracy on held-out pairs",
        "same verdict in both orders",
        "judgments that agree",
        "seconds");
    report.seedValidation().ifPresent(seed -> print("seed", seed, "", seed.seconds()));
    report.rounds().forEach(this::print);
    report.stoppedBecause().ifPresent(why -> out.println("Stopped: " + why));
  }

  private void print(Round round) {
    double seconds = round.stages().stream().mapToDouble(StageCount::seconds).sum();
    round
        .validation()
        .ifPresent(
            validation ->
                print(
                    Integer.toString(round.number()),
                    validation,
                    round.judgments().overall().toString(),
                    seconds + validation.seconds()));
  }

  private void print(String round, Validation validation, String agreeing, double seconds) {
    out.printf(
        Locale.ROOT,
        "%-6s %-34s %-34s %-32s %.0f%n",
        round,
        validation.accuracy(),
        validation.positionConsistency(),
        agreeing,
        seconds);
  }

  /** Returns the last training of a run that came to one. */
  static Optional<Training> lastTraining(SelfTrainingReport report) {
    return report.rounds().stream()
        .flatMap(round -> round.training().stream())
        .reduce((earlier, later) -> later);
  }

  /** Shows what two judges say of the same pairs. */
  void compare(Judge before, Judge after) {
    for (int i = 0; i < PAIRS.size(); i++) {
      Comparison pair = PAIRS.get(i);
      Judgment early = before.compare(pair);
      Judgment late = after.compare(pair);
      out.printf("%n%s%n  A: %s%n  B: %s%n", pair.prompt(), pair.a(), pair.b());
      print("seed judge", early);
      print("trained judge", late);
      examples.add(Example.of(pair, RIGHT.get(i), early, late));
    }
  }

  private void print(String judge, Judgment judgment) {
    out.printf("  %-14s %s%n", judge, judgment.verdict());
    judgment
        .traces()
        .forEach(
            trace ->
                out.printf(
                    "    shown %s: %s%n",
                    trace.order() == Order.AB ? "A, B" : "B, A", trace.text().replace('\n', ' ')));
  }

  /** Writes the report and says where everything is. */
  void finish(SelfTrainingReport report) {
    Path page = run.resolve("report.html");
    HtmlReport.of(report).withDirectory(run).withExamples(examples).write(page);
    out.printf("%nReport:  %s%n", page.toAbsolutePath());
    lastTraining(report)
        .ifPresent(learnt -> out.println("Adapter: " + learnt.adapter().directory()));
  }

  @Override
  public void close() {
    progress.close();
  }
}
