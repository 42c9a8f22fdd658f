package io.selftaught.judge.report;

import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.core.SelfTrainingReport;
import io.selftaught.judge.core.SelfTrainingReport.Round;
import io.selftaught.judge.core.SelfTrainingReport.Validation;
import io.selftaught.judge.core.eval.Rate;
import io.selftaught.judge.report.RunFiles.Sample;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The charts of self-training over its rounds. */
final class RoundCharts {

  private static final Rate UNKNOWN = new Rate(0, 0);
  private static final Verdict RIGHT = Verdict.decided(Preference.A);

  /** The most curves that can be told apart. */
  private static final int CURVES = 6;

  private static final int POINTS = 200;

  private final SelfTrainingReport report;
  private final Optional<RunFiles> files;
  private final Charts charts = new Charts();

  RoundCharts(SelfTrainingReport report, Optional<RunFiles> files) {
    this.report = report;
    this.files = files;
  }

  List<DomContent> all() {
    List<DomContent> all = new ArrayList<>();
    if (hasValidation()) {
      all.add(accuracy());
      all.add(bias());
    }
    if (report.rounds().isEmpty()) {
      return all;
    }
    all.add(acceptance());
    List<List<Sample>> samples = report.rounds().stream().map(this::samples).toList();
    if (samples.stream().allMatch(List::isEmpty)) {
      all.add(verdicts());
    } else {
      all.add(verdicts(samples));
      all.add(lengths(samples));
    }
    losses().ifPresent(all::add);
    return all;
  }

  private boolean hasValidation() {
    return report.seedValidation().isPresent()
        || report.rounds().stream().anyMatch(round -> round.validation().isPresent());
  }

  private DomContent accuracy() {
    return charts.lines(
        "Accuracy on held-out pairs",
        "with 95% intervals; both orders are asked, undecided is not right.",
        judges(),
        Map.of("accuracy", ofJudges(Validation::accuracy)));
  }

  private DomContent bias() {
    Map<String, List<Rate>> series = new LinkedHashMap<>();
    series.put("same in both orders", ofJudges(Validation::positionConsistency));
    series.put("first shown chosen", ofJudges(Validation::firstShownChosen));
    return charts.lines(
        "Position bias",
        "A judge that reads says the same in both orders, and chooses the first in 50%.",
        judges(),
        series);
  }

  private DomContent acceptance() {
    Map<String, List<Rate>> series = new LinkedHashMap<>();
    series.put("better one first", acceptance(Order.AB));
    series.put("better one second", acceptance(Order.BA));
    return charts.lines(
        "Judgments accepted",
        "that agree with how their pair was made, by which answer was shown first.",
        rounds(),
        series);
  }

  private List<Rate> acceptance(Order order) {
    return report.rounds().stream()
        .map(round -> round.judgments().byOrder().getOrDefault(order, UNKNOWN))
        .toList();
  }

  /** What is in the report itself: verdicts without the order of showing. */
  private DomContent verdicts() {
    Map<String, List<Long>> series = new LinkedHashMap<>();
    series.put("right", count(Preference.A));
    series.put("wrong", count(Preference.B));
    series.put("tie", count(Preference.TIE));
    series.put("undecided", report.rounds().stream().map(RoundCharts::undecided).toList());
    return charts.parts("Verdicts", "of the sampled judgments.", rounds(), series);
  }

  private List<Long> count(Preference verdict) {
    return report.rounds().stream()
        .map(round -> round.judgments().verdicts().getOrDefault(verdict.toString(), 0L))
        .toList();
  }

  private static long undecided(Round round) {
    return round.judgments().verdicts().entrySet().stream()
        .filter(
            entry ->
                Stream.of(Preference.values()).noneMatch(p -> p.toString().equals(entry.getKey())))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private DomContent verdicts(List<List<Sample>> samples) {
    List<String> x = new ArrayList<>();
    Map<String, List<Long>> series = new LinkedHashMap<>();
    List.of("right", "wrong", "tie", "undecided").forEach(n -> series.put(n, new ArrayList<>()));
    for (int i = 0; i < samples.size(); i++) {
      for (Order order : Order.values()) {
        x.add(rounds().get(i) + " " + order);
        List<Sample> shown = samples.get(i).stream().filter(s -> s.order() == order).toList();
        series.forEach(
            (name, counts) ->
                counts.add(shown.stream().filter(s -> name(s.verdict()).equals(name)).count()));
      }
    }
    return charts.parts(
        "Verdicts",
        "of the sampled judgments by round and order; AB showed the better answer first.",
        x,
        series);
  }

  private static String name(Verdict verdict) {
    return verdict.fold(
        preference ->
            switch (preference) {
              case A -> "right";
              case B -> "wrong";
              case TIE -> "tie";
            },
        cause -> "undecided");
  }

  private DomContent lengths(List<List<Sample>> samples) {
    Map<String, List<OptionalDouble>> series = new LinkedHashMap<>();
    series.put("agreeing", means(samples, sample -> sample.verdict().equals(RIGHT)));
    series.put("others", means(samples, sample -> !sample.verdict().equals(RIGHT)));
    series.values().removeIf(means -> means.stream().allMatch(OptionalDouble::isEmpty));
    return charts.amounts("Length of judgments", "in characters, mean.", rounds(), series);
  }

  private static List<OptionalDouble> means(List<List<Sample>> samples, Predicate<Sample> counted) {
    return samples.stream()
        .map(round -> round.stream().filter(counted).mapToInt(Sample::characters).average())
        .toList();
  }

  private Optional<DomContent> losses() {
    Map<String, NavigableMap<Long, Double>> curves = new LinkedHashMap<>();
    for (Round round : report.rounds()) {
      NavigableMap<Long, Double> losses =
          files.map(run -> run.losses(round.number())).orElse(new TreeMap<>());
      if (!losses.isEmpty()) {
        curves.put("round " + round.number(), thinned(losses));
      }
    }
    String caption = "of fine-tuning by optimiser step.";
    if (curves.size() > CURVES) {
      curves
          .keySet()
          .retainAll(List.copyOf(curves.keySet()).subList(curves.size() - CURVES, curves.size()));
      caption = "of fine-tuning by optimiser step, the last %d rounds.".formatted(CURVES);
    }
    return curves.isEmpty()
        ? Optional.empty()
        : Optional.of(charts.curves("Loss", caption, "step", curves));
  }

  /** Returns the means of as many steps as lie on one spot of the chart. */
  private static NavigableMap<Long, Double> thinned(NavigableMap<Long, Double> losses) {
    int together = (losses.size() + POINTS - 1) / POINTS;
    NavigableMap<Long, Double> thinned = new TreeMap<>();
    List<Map.Entry<Long, Double>> all = List.copyOf(losses.entrySet());
    for (int i = 0; i < all.size(); i += together) {
      List<Map.Entry<Long, Double>> spot = all.subList(i, Math.min(all.size(), i + together));
      thinned.put(
          spot.get(spot.size() - 1).getKey(),
          spot.stream().mapToDouble(Map.Entry::getValue).average().orElseThrow());
    }
    return thinned;
  }

  private List<Sample> samples(Round round) {
    return files.map(run -> run.samples(round.number())).orElse(List.of());
  }

  private List<String> rounds() {
    return report.rounds().stream().map(round -> Integer.toString(round.number())).toList();
  }

  private List<String> judges() {
    List<String> judges = new ArrayList<>(List.of("seed"));
    judges.addAll(rounds());
    return judges;
  }

  private List<Rate> ofJudges(Function<Validation, Rate> rate) {
    List<Rate> rates = new ArrayList<>();
    rates.add(report.seedValidation().map(rate).orElse(UNKNOWN));
    report.rounds().forEach(r -> rates.add(r.validation().map(rate).orElse(UNKNOWN)));
    return rates;
  }
}
