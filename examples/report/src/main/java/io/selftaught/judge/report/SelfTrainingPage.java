package io.selftaught.judge.report;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;

import io.selftaught.judge.core.SelfTrainingReport;
import io.selftaught.judge.core.SelfTrainingReport.Round;
import io.selftaught.judge.core.SelfTrainingReport.StageCount;
import io.selftaught.judge.core.SelfTrainingReport.Training;
import io.selftaught.judge.core.SelfTrainingReport.Validation;
import io.selftaught.judge.core.eval.PairedTest;
import io.selftaught.judge.core.eval.Rate;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The page about a run of self-training: what came out, then how, then from what. */
record SelfTrainingPage(SelfTrainingReport report, Optional<RunFiles> files) {

  List<DomContent> sections() {
    List<DomContent> sections = new ArrayList<>();
    sections.add(p(attrs(".lead"), outcome()));
    report.stoppedBecause().ifPresent(why -> sections.add(p(attrs(".alert"), "Stopped: " + why)));
    sections.add(Parts.tiles(tiles()));
    RoundCharts charts = new RoundCharts(report, files);
    if (!report.rounds().isEmpty() || report.seedValidation().isPresent()) {
      sections.add(Parts.section("Round by round", Parts.charts(charts.all()), rounds()));
    }
    sections.add(Parts.section("Kept and dropped", StageTable.of(report)));
    if (!report.categories().isEmpty()) {
      sections.add(Parts.section("Categories", categories()));
    }
    return sections;
  }

  /** Says in a sentence what the reader wants to know first. */
  private String outcome() {
    int trained = (int) report.rounds().stream().filter(r -> r.training().isPresent()).count();
    if (trained == 0) {
      return "Nothing was learnt.";
    }
    String rounds = trained == 1 ? "One round was" : trained + " rounds were";
    return lastTrained()
        .flatMap(Round::validation)
        .flatMap(Validation::againstSeed)
        .map(test -> rounds + " trained. " + gain(test))
        .orElse(rounds + " trained; no labelled pairs were given to measure the judge on.");
  }

  private static String gain(PairedTest test) {
    String points = points(test) + Words.decimal(" on %d held-out pairs", test.pairs());
    return test.pValue() < 0.05
        ? "The last judge is right %s often than the seed model: %s (p = %s)."
            .formatted(test.gain() > 0 ? "more" : "less", points, probability(test))
        : "What the last judge gained over the seed model, %s, can't be told from chance (p = %s).%s"
            .formatted(points, probability(test), enough(test));
  }

  private static String enough(PairedTest test) {
    return test.pairsForThisGain().isPresent()
        ? " To see a gain of this size takes " + test.pairsForThisGain().getAsLong() + " pairs."
        : "";
  }

  private static String probability(PairedTest test) {
    return Words.decimal("%.2g", test.pValue());
  }

  private List<DomContent> tiles() {
    List<DomContent> tiles = new ArrayList<>();
    report
        .seedValidation()
        .ifPresent(seed -> tiles.add(Parts.tile("Seed accuracy", seed.accuracy())));
    lastTrained()
        .ifPresent(
            round ->
                round
                    .validation()
                    .ifPresent(
                        last ->
                            tiles.add(
                                Parts.tile(
                                    "Accuracy after round " + round.number(), last.accuracy()))));
    tiles.add(
        Parts.tile(
            "Judgments learnt",
            Long.toString(trainings().mapToLong(Training::examples).sum()),
            "in " + trainings().count() + " of " + report.rounds().size() + " rounds"));
    tiles.add(Parts.tile("Time", Words.duration(seconds()), "all stages, all sessions"));
    return tiles;
  }

  private Optional<Round> lastTrained() {
    return report.rounds().stream()
        .filter(round -> round.training().isPresent())
        .reduce((earlier, later) -> later);
  }

  private Stream<Training> trainings() {
    return report.rounds().stream().flatMap(round -> round.training().stream());
  }

  private double seconds() {
    Stream<StageCount> stages =
        Stream.concat(
            report.stages().stream(), report.rounds().stream().flatMap(r -> r.stages().stream()));
    DoubleStream validations =
        Stream.concat(
                report.seedValidation().stream(),
                report.rounds().stream().flatMap(r -> r.validation().stream()))
            .mapToDouble(Validation::seconds);
    return stages.mapToDouble(StageCount::seconds).sum() + validations.sum();
  }

  private DomContent rounds() {
    List<List<DomContent>> rows = new ArrayList<>();
    rows.add(row("Accuracy", v -> Parts.rate(v.accuracy())));
    rows.add(row("Against the seed", v -> text(v.againstSeed().map(this::brief).orElse("–"))));
    rows.add(row("Same verdict in both orders", v -> Parts.rate(v.positionConsistency())));
    rows.add(row("First shown chosen", v -> Parts.rate(v.firstShownChosen())));
    rows.add(row("Undecided", v -> text(Words.counts(v.undecided()))));
    rows.add(trained("Judgments that agree", r -> Parts.rate(r.judgments().overall())));
    rows.add(trained("Verdicts, A being right", r -> text(Words.counts(r.judgments().verdicts()))));
    rows.add(
        trained(
            "Characters a judgment",
            r -> text(Words.number(r.judgments().meanCharacters(), "%.0f"))));
    rows.add(trained("Judgments learnt", r -> text(learnt(r))));
    rows.add(trained("Loss, first to last", r -> text(loss(r))));
    List<String> head = new ArrayList<>(List.of("", "Seed"));
    report.rounds().forEach(round -> head.add("Round " + round.number()));
    return Parts.table(head, rows);
  }

  private List<DomContent> row(String name, Function<Validation, DomContent> figure) {
    List<DomContent> row = new ArrayList<>(List.of(text(name)));
    row.add(report.seedValidation().map(figure).orElse(text("–")));
    report.rounds().forEach(r -> row.add(r.validation().map(figure).orElse(text("–"))));
    return row;
  }

  private List<DomContent> trained(String name, Function<Round, DomContent> figure) {
    List<DomContent> row = new ArrayList<>(List.of(text(name), text("")));
    report.rounds().forEach(round -> row.add(figure.apply(round)));
    return row;
  }

  private String brief(PairedTest test) {
    return points(test) + ", p = " + probability(test);
  }

  private static String points(PairedTest test) {
    Rate.Interval interval = test.interval();
    return Words.decimal(
        "%+.1f points (%.1f to %.1f)",
        100 * test.gain(), 100 * interval.low(), 100 * interval.high());
  }

  private static String learnt(Round round) {
    return round.training().map(t -> Integer.toString(t.examples())).orElse("none");
  }

  private static String loss(Round round) {
    return round
        .training()
        .map(t -> Words.number(t.firstLoss(), "%.3f") + " to " + Words.number(t.lastLoss(), "%.3f"))
        .orElse("–");
  }

  private DomContent categories() {
    List<String> head = new ArrayList<>(List.of("Category", "Instructions"));
    report.rounds().forEach(round -> head.add("Agreeing, round " + round.number()));
    return Parts.table(
        head,
        report.categories().entrySet().stream()
            .map(
                category -> {
                  List<DomContent> row = new ArrayList<>();
                  row.add(text(Words.name(category.getKey())));
                  row.add(text(category.getValue().toString()));
                  report
                      .rounds()
                      .forEach(
                          round ->
                              row.add(
                                  Parts.rate(
                                      round
                                          .judgments()
                                          .byCategory()
                                          .getOrDefault(category.getKey(), new Rate(0, 0)))));
                  return row;
                })
            .toList());
  }
}
