package io.selftaught.judge.core;

import io.selftaught.judge.core.SelfTrainingReport.Judgments;
import io.selftaught.judge.core.SelfTrainingReport.Round;
import io.selftaught.judge.core.SelfTrainingReport.StageCount;
import io.selftaught.judge.core.SelfTrainingReport.Training;
import io.selftaught.judge.core.SelfTrainingReport.Validation;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.eval.PairedTest;
import io.selftaught.judge.core.eval.Rate;
import java.util.Map;

/** The report of a run as JSON. What is unknown is left out. */
final class ReportJson {

  private ReportJson() {}

  static JsonRecord of(SelfTrainingReport report) {
    JsonRecord.Builder json =
        JsonRecord.builder()
            .putRecords("stages", report.stages().stream().map(ReportJson::of).toList())
            .put("categories", counts(report.categories()));
    report.seedValidation().ifPresent(seed -> json.put("seedValidation", of(seed)));
    json.putRecords("rounds", report.rounds().stream().map(ReportJson::of).toList());
    report.bestRound().ifPresent(best -> json.put("bestRound", best));
    report.stoppedBecause().ifPresent(reason -> json.put("stoppedBecause", reason));
    return json.build();
  }

  private static JsonRecord of(StageCount count) {
    return JsonRecord.builder()
        .put("stage", count.stage())
        .put("kept", count.kept())
        .put("dropped", counts(count.dropped()))
        .put("seconds", count.seconds())
        .build();
  }

  private static JsonRecord of(Round round) {
    JsonRecord.Builder json =
        JsonRecord.builder()
            .put("round", round.number())
            .putRecords("stages", round.stages().stream().map(ReportJson::of).toList())
            .put("judgments", of(round.judgments()));
    round.training().ifPresent(training -> json.put("training", of(training)));
    round.validation().ifPresent(validation -> json.put("validation", of(validation)));
    return json.build();
  }

  private static JsonRecord of(Judgments judgments) {
    JsonRecord.Builder json =
        JsonRecord.builder()
            .put("agreeing", of(judgments.overall()))
            .put("agreeingByOrder", shares(judgments.byOrder()))
            .put("agreeingByCategory", shares(judgments.byCategory()))
            .put("verdicts", counts(judgments.verdicts()))
            .put("pairsByAgreeing", counts(judgments.pairsByAgreeing()));
    judgments.meanCharacters().ifPresent(mean -> json.put("meanCharacters", mean));
    return json.build();
  }

  private static JsonRecord of(Rate rate) {
    JsonRecord.Builder json = JsonRecord.builder().put("hits", rate.hits()).put("of", rate.of());
    rate.value().ifPresent(value -> json.put("value", value));
    rate.interval().ifPresent(i -> json.put("low", i.low()).put("high", i.high()));
    return json.build();
  }

  private static JsonRecord of(Validation validation) {
    JsonRecord.Builder json =
        JsonRecord.builder()
            .put("accuracy", of(validation.accuracy()))
            .put("positionConsistency", of(validation.positionConsistency()))
            .put("firstShownChosen", of(validation.firstShownChosen()))
            .put("undecided", counts(validation.undecided()))
            .put("seconds", validation.seconds());
    validation.againstSeed().ifPresent(test -> json.put("againstSeed", of(test)));
    return json.build();
  }

  private static JsonRecord of(PairedTest test) {
    return JsonRecord.builder()
        .put("pairs", test.pairs())
        .put("onlyThisRight", test.onlyThis())
        .put("onlySeedRight", test.onlyOther())
        .put("gain", test.gain())
        .put("pValue", test.pValue())
        .build();
  }

  private static JsonRecord of(Training training) {
    JsonRecord.Builder json =
        JsonRecord.builder()
            .put("adapter", training.adapter().directory().toString())
            .put("examples", training.examples());
    training.firstLoss().ifPresent(loss -> json.put("firstLoss", loss));
    training.lastLoss().ifPresent(loss -> json.put("lastLoss", loss));
    return json.build();
  }

  private static JsonRecord shares(Map<?, Rate> shares) {
    JsonRecord.Builder json = JsonRecord.builder();
    shares.forEach((name, share) -> json.put(name.toString(), of(share)));
    return json.build();
  }

  private static JsonRecord counts(Map<?, Long> counts) {
    JsonRecord.Builder json = JsonRecord.builder();
    counts.forEach((name, count) -> json.put(name.toString(), count));
    return json.build();
  }
}
