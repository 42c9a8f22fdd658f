package io.selftaught.judge.report;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.p;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;

import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Usage;
import io.selftaught.judge.core.eval.EvaluationReport;
import io.selftaught.judge.core.eval.Judged;
import io.selftaught.judge.core.eval.Rate;
import io.selftaught.judge.core.eval.SampleSize;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page about an evaluation. */
record EvaluationPage(EvaluationReport report) {

  /** Enough to see how a judge errs. */
  private static final int MISTAKES = 5;

  /** How closely an accuracy should be known: differences between judges are often of this size. */
  private static final double HALF_WIDTH = 0.05;

  List<DomContent> sections() {
    List<DomContent> sections = new ArrayList<>();
    sections.add(p(attrs(".lead"), outcome()));
    sections.add(p(sampleSize()));
    sections.add(Parts.tiles(tiles()));
    Charts charts = new Charts();
    sections.add(Parts.section("Accuracy and bias", Parts.charts(charts(charts)), figures()));
    report
        .reliability()
        .ifPresent(known -> sections.add(new ReliabilitySection(known).section(charts)));
    sections.add(Parts.section("Categories", categories()));
    if (!report.undecided().isEmpty()) {
      sections.add(Parts.section("Undecided", undecided()));
    }
    List<Example> mistakes = mistakes();
    if (!mistakes.isEmpty()) {
      sections.add(
          Parts.section(
              "Mistakes",
              details(
                  summary("The first %d pairs judged wrong".formatted(mistakes.size())),
                  Examples.of(mistakes))));
    }
    sections.add(Parts.section("Judge", judge()));
    return sections;
  }

  private String outcome() {
    Rate accuracy = report.accuracy();
    if (accuracy.interval().isEmpty()) {
      return "No pair has a preferred answer, so there is no accuracy.";
    }
    double low = accuracy.interval().get().low();
    double high = accuracy.interval().get().high();
    String against =
        low > 0.5
            ? "better than a coin"
            : high < 0.5 ? "worse than a coin" : "not to be told from a coin";
    return "The judge is right on %s of the pairs with a preferred answer: %s."
        .formatted(Words.share(accuracy), against);
  }

  private String sampleSize() {
    return Words.decimal(
        "An accuracy to within %.0f points takes up to %d pairs with a preferred answer; these are %d.",
        100 * HALF_WIDTH, SampleSize.forHalfWidth(0.5, HALF_WIDTH), report.accuracy().of());
  }

  private List<DomContent> tiles() {
    return List.of(
        Parts.tile("Accuracy", report.accuracy()),
        Parts.tile("Same verdict in both orders", report.positionConsistency()),
        Parts.tile("Undecided", report.undecidedRate()),
        Parts.tile(
            "Cohen's kappa",
            Words.number(report.kappa(), "%.2f"),
            "agreement beyond chance, over decided pairs"));
  }

  private List<DomContent> charts(Charts charts) {
    List<DomContent> all = new ArrayList<>();
    Map<String, Rate> against = new LinkedHashMap<>();
    against.put("judge", report.accuracy());
    against.put("decided", report.accuracyOfDecided());
    against.put("always first", report.alwaysFirst());
    against.put("always longer", report.alwaysLonger());
    all.add(
        charts.bars(
            "Accuracy", "of the judge, of its decisions, and of two that don't read.", against));
    Map<String, Rate> lengths = new LinkedHashMap<>();
    lengths.put("longer is better", report.accuracyWhenLongerIsBetter());
    lengths.put("shorter is better", report.accuracyWhenShorterIsBetter());
    lengths.put("longer chosen", report.longerChosen());
    all.add(
        charts.bars(
            "Length bias",
            "accuracy where the longer or the shorter answer is better, and how often the longer is chosen.",
            lengths));
    List<Trace> shownBoth =
        report.judged().stream()
            .flatMap(pair -> pair.judgment().traces().stream())
            .filter(trace -> trace.alone().isEmpty())
            .toList();
    if (!shownBoth.isEmpty()) {
      all.add(slots(charts, shownBoth));
    }
    return all;
  }

  /** What was chosen, as it was shown. */
  private static DomContent slots(Charts charts, List<Trace> traces) {
    List<String> orders = new ArrayList<>();
    Map<String, List<Long>> series = new LinkedHashMap<>();
    List.of("first", "second", "tie", "undecided")
        .forEach(name -> series.put(name, new ArrayList<>()));
    for (Order order : Order.values()) {
      Map<String, Long> counts =
          traces.stream()
              .filter(trace -> trace.order() == order)
              .collect(Collectors.groupingBy(EvaluationPage::slot, Collectors.counting()));
      if (!counts.isEmpty()) {
        orders.add(order == Order.AB ? "a shown first" : "b shown first");
        series.forEach((name, list) -> list.add(counts.getOrDefault(name, 0L)));
      }
    }
    return charts.parts(
        "Position bias",
        "the answer shown first, the second, or none; by which that was.",
        orders,
        series);
  }

  private static String slot(Trace trace) {
    return trace
        .verdict()
        .fold(
            preference ->
                preference == Preference.TIE
                    ? "tie"
                    : trace.order().apply(preference) == Preference.A ? "first" : "second",
            cause -> "undecided");
  }

  private DomContent figures() {
    List<List<DomContent>> rows = new ArrayList<>();
    figure(
        rows,
        "Accuracy",
        report.accuracy(),
        "right of the pairs with a preferred answer; undecided is not right");
    figure(
        rows,
        "Accuracy of decided",
        report.accuracyOfDecided(),
        "the same, of the pairs that were decided");
    figure(rows, "Always first", report.alwaysFirst(), "accuracy of preferring a whatever it says");
    figure(
        rows, "Always longer", report.alwaysLonger(), "accuracy of preferring the longer answer");
    figure(rows, "Ties found", report.tiesFound(), "judged a tie, of the pairs labelled as ties");
    figure(
        rows, "Undecided", report.undecidedRate(), "without a verdict, for whatever cause, of all");
    figure(
        rows,
        "Same in both orders",
        report.positionConsistency(),
        "of the pairs decided in both orders");
    figure(
        rows,
        "First shown chosen",
        report.firstShownChosen(),
        "of the askings that were shown both and preferred an answer; 50% has no bias");
    figure(
        rows,
        "Flips to the first",
        report.flipsToFirst(),
        "the first shown both times, of the pairs whose orders preferred opposite answers");
    figure(
        rows,
        "Longer chosen",
        report.longerChosen(),
        "of the decided pairs with answers of unequal length");
    figure(
        rows,
        "Right when the longer is better",
        report.accuracyWhenLongerIsBetter(),
        "undecided is not right");
    figure(
        rows,
        "Right when the shorter is better",
        report.accuracyWhenShorterIsBetter(),
        "undecided is not right");
    return Parts.wideTable(List.of("Figure", "", "Share", "Counted how"), rows);
  }

  private static void figure(List<List<DomContent>> rows, String name, Rate rate, String rule) {
    rows.add(List.of(text(name), Parts.whisker(rate), Parts.rate(rate), text(rule)));
  }

  private DomContent categories() {
    return Parts.table(
        List.of("Category", "", "Accuracy"),
        report.accuracyByCategory().entrySet().stream()
            .map(
                category ->
                    List.of(
                        text(category.getKey().isEmpty() ? "(none)" : category.getKey()),
                        Parts.whisker(category.getValue()),
                        Parts.rate(category.getValue())))
            .toList());
  }

  private DomContent undecided() {
    return Parts.table(
        List.of("Cause", "Pairs"),
        report.undecided().entrySet().stream()
            .map(
                cause ->
                    List.<DomContent>of(
                        text(Words.name(cause.getKey())), text(cause.getValue().toString())))
            .toList());
  }

  private List<Example> mistakes() {
    return report.judged().stream()
        .filter(pair -> pair.isDecided() && !pair.isRight())
        .limit(MISTAKES)
        .map(EvaluationPage::example)
        .toList();
  }

  private static Example example(Judged pair) {
    return new Example(
        pair.item().comparison(),
        Optional.of(pair.item().preferred()),
        Map.of("Judge", pair.judgment()));
  }

  private String pairs() {
    String unjudged = report.unjudged() > 0 ? ", " + report.unjudged() + " unjudged" : "";
    return report.judged().size() + unjudged;
  }

  private DomContent judge() {
    Usage usage = report.usage();
    return Parts.table(
        List.of("", ""),
        List.of(
            List.of(text("Settings"), code(report.judge())),
            List.of(text("Pairs"), text(pairs())),
            List.of(text("Pairs a minute"), text(Words.number(report.pairsPerMinute(), "%.1f"))),
            List.of(text("Tokens"), text(usage.toString()))));
  }
}
