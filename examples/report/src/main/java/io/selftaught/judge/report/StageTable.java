package io.selftaught.judge.report;

import static j2html.TagCreator.text;

import io.selftaught.judge.core.SelfTrainingReport;
import io.selftaught.judge.core.SelfTrainingReport.Round;
import io.selftaught.judge.core.SelfTrainingReport.StageCount;
import io.selftaught.judge.core.SelfTrainingReport.Validation;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What became of the records, stage by stage, and how long that took. */
final class StageTable {

  private StageTable() {}

  static DomContent of(SelfTrainingReport report) {
    List<List<DomContent>> rows = new ArrayList<>();
    long scale =
        Stream.concat(
                report.stages().stream(),
                report.rounds().stream().flatMap(round -> round.stages().stream()))
            .mapToLong(stage -> stage.kept() + dropped(stage))
            .max()
            .orElse(0);
    report.stages().forEach(stage -> rows.add(row(stage.stage(), stage, scale)));
    report.seedValidation().ifPresent(seed -> rows.add(row("validate seed", seed)));
    for (Round round : report.rounds()) {
      round
          .stages()
          .forEach(
              stage -> rows.add(row(stage.stage() + ", round " + round.number(), stage, scale)));
      round.validation().ifPresent(v -> rows.add(row("validate, round " + round.number(), v)));
    }
    return Parts.wideTable(List.of("Stage", "", "Kept", "Dropped", "Reasons", "Time"), rows);
  }

  private static List<DomContent> row(String name, StageCount stage, long scale) {
    return List.of(
        text(name),
        Parts.bar(stage.kept(), dropped(stage), scale),
        text(Long.toString(stage.kept())),
        text(Long.toString(dropped(stage))),
        text(Words.counts(stage.dropped())),
        text(Words.duration(stage.seconds())));
  }

  private static List<DomContent> row(String name, Validation validation) {
    return List.of(
        text(name),
        text(""),
        text(""),
        text(""),
        text(validation.accuracy().of() + " pairs with a preferred answer"),
        text(Words.duration(validation.seconds())));
  }

  private static long dropped(StageCount stage) {
    return stage.dropped().values().stream().mapToLong(Long::longValue).sum();
  }
}
