package io.selftaught.judge.core;

import io.selftaught.judge.Annotation;
import io.selftaught.judge.InstructionLabels.Category;
import io.selftaught.judge.LabeledPair;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.Order;
import io.selftaught.judge.Outcome;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.SelfTrainingReport.Judgments;
import io.selftaught.judge.core.SelfTrainingReport.StageCount;
import io.selftaught.judge.core.SelfTrainingReport.Validation;
import io.selftaught.judge.core.eval.EvaluationReport;
import io.selftaught.judge.core.eval.Rate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts what the stages of self-training came to, and puts it into words. */
final class Figures {

  private static final Verdict RIGHT = Verdict.decided(Preference.A);

  private Figures() {}

  static <T> StageCount count(String stage, Collection<Outcome<T>> outcomes, double seconds) {
    List<String> dropped =
        outcomes.stream()
            .filter(outcome -> outcome.value().isEmpty())
            .map(outcome -> outcome.fold(kept -> "", Outcome.Dropped::reason))
            .toList();
    return new StageCount(stage, outcomes.size() - dropped.size(), frequencies(dropped), seconds);
  }

  static <T extends Comparable<T>> Map<T, Long> frequencies(Collection<T> values) {
    return values.stream()
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }

  /** Returns the records that were kept, with what they became. */
  static <I, O> Map<I, O> results(Map<I, Outcome<O>> outcomes) {
    Map<I, O> results = new LinkedHashMap<>();
    outcomes.forEach(
        (input, outcome) -> outcome.value().ifPresent(result -> results.put(input, result)));
    return results;
  }

  /** Counts judgments; {@code category} is that of the instruction of a pair. */
  static Judgments judgments(
      Map<LabeledPair, Annotation> annotations, Function<LabeledPair, Category> category) {
    List<Trace> traces =
        annotations.values().stream().flatMap(annotation -> annotation.traces().stream()).toList();
    Map<Order, Rate> byOrder = new EnumMap<>(Order.class);
    traces.forEach(trace -> byOrder.merge(trace.order(), rate(List.of(trace)), Figures::plus));
    Map<Category, Rate> byCategory = new EnumMap<>(Category.class);
    annotations.forEach(
        (pair, annotation) ->
            byCategory.merge(category.apply(pair), rate(annotation.traces()), Figures::plus));
    return new Judgments(
        rate(traces),
        byOrder,
        byCategory,
        frequencies(traces.stream().map(trace -> trace.verdict().toString()).toList()),
        frequencies(annotations.values().stream().map(a -> (int) a.agreeing()).toList()),
        traces.stream().mapToInt(trace -> trace.text().length()).average());
  }

  private static Rate rate(List<Trace> traces) {
    return new Rate(
        traces.stream().filter(trace -> trace.verdict().equals(RIGHT)).count(), traces.size());
  }

  private static Rate plus(Rate one, Rate other) {
    return new Rate(one.hits() + other.hits(), one.of() + other.of());
  }

  /** Takes a judge that failed on every pair for what it is: no measurement. */
  static void checkThatAJudgeWorks(EvaluationReport report) {
    if (report.undecided().getOrDefault(Cause.FAILED, 0L) == report.judged().size()) {
      throw new ModelException(
          "Validation failed on each of its pairs (%d), first with: %s. The same run again tries them again"
              .formatted(
                  report.judged().size(),
                  report.judged().get(0).judgment().traces().stream()
                      .map(Trace::text)
                      .findFirst()
                      .orElse("no message")));
    }
  }

  /** Picks the figures of a validation that are the same however often it was interrupted. */
  static Validation validation(
      EvaluationReport report, Optional<EvaluationReport> ofSeed, double seconds) {
    return new Validation(
        report.accuracy(),
        report.positionConsistency(),
        report.firstShownChosen(),
        report.undecided(),
        ofSeed.map(report::pairedWith),
        seconds);
  }

  /** Says why there was nothing to learn in a round. */
  static String nothingToLearn(int round, Judgments judgments) {
    Rate agreeing = judgments.overall();
    String detail =
        agreeing.hits() == 0
            ? "none of %d judgments agrees with how its pair was made; the verdicts are %s, A being right"
                .formatted(agreeing.of(), judgments.verdicts())
            : "%d of %d judgments agree with how their pair was made, but with the better answer shown first %s and shown second %s, and an equal number of both is needed"
                .formatted(
                    agreeing.hits(),
                    agreeing.of(),
                    words(judgments, Order.AB),
                    words(judgments, Order.BA));
    return "round " + round + " kept nothing to learn from: " + detail;
  }

  /** Says why a round with something to learn has no adapter. */
  static String trainingStopped(int round, Collection<? extends Outcome<?>> trained) {
    String details =
        trained.stream()
            .map(outcome -> outcome.fold(kept -> "", Outcome.Dropped::detail))
            .collect(Collectors.joining("; "));
    return "round " + round + " trained no adapter: " + details;
  }

  private static String words(Judgments judgments, Order order) {
    Rate share = judgments.byOrder().getOrDefault(order, new Rate(0, 0));
    return share.hits() + " of " + share.of();
  }

  /** Says what the stages kept and dropped: {@code pair kept 0 (empty answer 3)}. */
  static String describe(List<StageCount> counts) {
    return counts.stream()
        .map(count -> count.stage() + " kept " + count.kept() + " " + count.dropped())
        .collect(Collectors.joining(", "));
  }
}
