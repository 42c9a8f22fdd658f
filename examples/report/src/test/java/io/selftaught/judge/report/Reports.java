package io.selftaught.judge.report;

import io.selftaught.judge.Adapter;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.InstructionLabels.Category;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.SelfTrainingReport;
import io.selftaught.judge.core.SelfTrainingReport.Judgments;
import io.selftaught.judge.core.SelfTrainingReport.Round;
import io.selftaught.judge.core.SelfTrainingReport.StageCount;
import io.selftaught.judge.core.SelfTrainingReport.Training;
import io.selftaught.judge.core.SelfTrainingReport.Validation;
import io.selftaught.judge.core.eval.Evaluation;
import io.selftaught.judge.core.eval.EvaluationReport;
import io.selftaught.judge.core.eval.LabeledComparison;
import io.selftaught.judge.core.eval.PairedTest;
import io.selftaught.judge.core.eval.Rate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/** Reports such as runs write, for tests. */
final class Reports {

  private Reports() {}

  /** A run whose judge gets better from round to round. */
  static SelfTrainingReport learning(int rounds) {
    List<Round> done = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      done.add(round(round, Optional.of(validation(0.5 + 0.06 * Math.min(round, 5), true))));
    }
    return new SelfTrainingReport(
        stages(),
        Map.of(Category.CODING, 61L, Category.MATHEMATICAL_REASONING, 139L),
        Optional.of(validation(0.5, false)),
        done,
        Optional.empty());
  }

  /** A run whose judge got better by 4 of 400 pairs. */
  static SelfTrainingReport gainingLittle() {
    return new SelfTrainingReport(
        stages(),
        Map.of(),
        Optional.of(validation(0.5, false)),
        List.of(round(1, Optional.of(validation(0.51, true)))),
        Optional.empty());
  }

  /** A run without labelled pairs. */
  static SelfTrainingReport unmeasured() {
    return new SelfTrainingReport(
        stages(),
        Map.of(),
        Optional.empty(),
        List.of(round(1, Optional.empty())),
        Optional.empty());
  }

  /** A run in which no pair could be made. */
  static SelfTrainingReport ofNothing() {
    return new SelfTrainingReport(
        List.of(new StageCount("pair", 0, Map.of("empty <answer>", 3L), 1.5)),
        Map.of(),
        Optional.empty(),
        List.of(),
        Optional.of("no pair could be made: pair kept 0 {empty <answer>=3}"));
  }

  /** A run whose only round kept nothing. */
  static SelfTrainingReport thatLearntNothing() {
    Rate none = new Rate(0, 80);
    Judgments judgments =
        new Judgments(
            none,
            Map.of(Order.AB, new Rate(0, 80)),
            Map.of(),
            Map.of("UNPARSABLE", 80L),
            Map.of(0, 10L),
            OptionalDouble.of(12));
    return new SelfTrainingReport(
        stages(),
        Map.of(),
        Optional.of(validation(0.5, false)),
        List.of(new Round(1, List.of(), judgments, Optional.empty(), Optional.empty())),
        Optional.of("round 1 kept nothing to learn from"));
  }

  private static List<StageCount> stages() {
    return List.of(
        new StageCount("screen", 480, Map.of("near-duplicate", 96L, "too long", 24L), 0.4),
        new StageCount("label", 470, Map.of("unreadable label", 10L), 61.2),
        new StageCount("select", 200, Map.of("not selected", 270L), 0),
        new StageCount(
            "pair", 171, Map.of("answer cut at the token limit", 18L, "refusal", 11L), 214.7));
  }

  private static Round round(int number, Optional<Validation> validation) {
    long first = 380 + 8L * number;
    long second = 250 + 12L * number;
    Judgments judgments =
        new Judgments(
            new Rate(first + second, 1368),
            Map.of(Order.AB, new Rate(first, 684), Order.BA, new Rate(second, 684)),
            Map.of(
                Category.CODING,
                new Rate(200, 420),
                Category.MATHEMATICAL_REASONING,
                new Rate(500, 948)),
            Map.of("A", first + second, "B", 1368 - first - second - 30, "UNPARSABLE", 30L),
            Map.of(0, 20L, 4, 100L, 8, 51L),
            OptionalDouble.of(300.4 - number));
    Training training =
        new Training(
            new Adapter(Path.of("run", "round-" + number, "adapter")),
            120 + 20 * number,
            OptionalDouble.of(2.131),
            OptionalDouble.of(0.911));
    return new Round(
        number,
        List.of(
            new StageCount("annotate", 171, Map.of(), 190.1),
            new StageCount("balance", 120 + 20 * number, Map.of("surplus", 14L), 0),
            new StageCount("fine-tune", 1, Map.of(), 95.5)),
        judgments,
        Optional.of(training),
        validation);
  }

  private static Validation validation(double accuracy, boolean trained) {
    long right = Math.round(400 * accuracy);
    return new Validation(
        new Rate(right, 400),
        new Rate(right + 40, 390),
        new Rate(Math.round(800 * (1.3 - accuracy)), 790),
        Map.of(Cause.INCONSISTENT, 340 - right, Cause.UNPARSABLE, 10L),
        trained ? Optional.of(new PairedTest(400, right - 160, 40)) : Optional.empty(),
        44.4);
  }

  /** An evaluation of a judge that is right in three pairs of four, seeded. */
  static EvaluationReport evaluation(int pairs) {
    Random chance = new Random(1);
    return Evaluation.of(
            Judges.bothOrders(comparison -> judgment(chance.nextInt(4) > 0, comparison)))
        .withThreads(1)
        .run(pairs(pairs));
  }

  /** An evaluation of a judge that is surer than it is right: 60 to 100% for three of four. */
  static EvaluationReport evaluationWithProbabilities(int pairs) {
    Random chance = new Random(1);
    return Evaluation.of(comparison -> sure(chance, comparison)).withThreads(1).run(pairs(pairs));
  }

  private static Judgment sure(Random chance, Comparison shown) {
    double confidence = 0.6 + 0.4 * chance.nextDouble();
    Judgment judgment = judgment(chance.nextDouble() < 0.4 + 0.45 * confidence, shown);
    boolean a = judgment.verdict().equals(Verdict.decided(Preference.A));
    Probabilities probabilities =
        Probabilities.ofWeights(
            a ? confidence : 1 - confidence, 0, a ? 1 - confidence : confidence);
    return new Judgment(
        judgment.verdict(), judgment.rationale(), judgment.traces(), Optional.of(probabilities));
  }

  static List<LabeledComparison> pairs(int pairs) {
    List<LabeledComparison> all = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      all.add(
          new LabeledComparison(
              "p" + i,
              "test",
              List.of("maths", "code & <tags>", "").get(i % 3),
              Comparison.of(
                  "Name number " + i + ".",
                  i % 2 == 0 ? "The right one" : "wrong",
                  i % 2 == 0 ? "wrong, and longer than right" : "The right one"),
              i % 10 == 9 ? Preference.TIE : i % 2 == 0 ? Preference.A : Preference.B));
    }
    return all;
  }

  private static Judgment judgment(boolean right, Comparison shown) {
    Preference truth = shown.a().startsWith("The right") ? Preference.A : Preference.B;
    return judgment(right ? truth : truth.swapped(), "I weighed both.");
  }

  static Judgment judgment(Preference preference, String rationale) {
    Verdict verdict = Verdict.decided(preference);
    Trace trace = new Trace(Order.AB, rationale, verdict, Usage.NONE);
    return new Judgment(verdict, rationale, List.of(trace));
  }
}
