package io.selftaught.judge.cli;

import io.selftaught.judge.core.SelfTrainingReport;
import io.selftaught.judge.core.SelfTrainingReport.Round;
import io.selftaught.judge.core.SelfTrainingReport.StageCount;
import io.selftaught.judge.core.SelfTrainingReport.Training;
import io.selftaught.judge.core.SelfTrainingReport.Validation;
import io.selftaught.judge.core.eval.Rate;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Prints what a run of self-training did: a line for each stage, a line for each round. */
record SelfTrainingTable(SelfTrainingReport report) {

  private static final String ROUND = "%-6s %-32s %-9s %-16s %s%n";

  void print(PrintWriter out) {
    report.stages().forEach(stage -> print(out, stage));
    out.println();
    out.printf(Locale.ROOT, ROUND, "round", "agreeing judgments", "examples", "loss", "validation");
    report
        .seedValidation()
        .ifPresent(seed -> out.printf(Locale.ROOT, ROUND, "seed", "", "", "", validation(seed)));
    report.rounds().forEach(round -> print(out, round));
    report.stoppedBecause().ifPresent(why -> out.println("Stopped: " + why));
  }

  private static void print(PrintWriter out, StageCount stage) {
    out.printf(
        Locale.ROOT,
        "%-10s kept %d%s%n",
        stage.stage(),
        stage.kept(),
        stage.dropped().isEmpty() ? "" : ", dropped " + stage.dropped());
  }

  private static void print(PrintWriter out, Round round) {
    Optional<Training> training = round.training();
    out.printf(
        Locale.ROOT,
        ROUND,
        round.number(),
        round.judgments().overall(),
        training.map(learnt -> Integer.toString(learnt.examples())).orElse("none"),
        training.map(SelfTrainingTable::loss).orElse("-"),
        round.validation().map(SelfTrainingTable::validation).orElse("-"));
    training.ifPresent(learnt -> out.println("       " + learnt.adapter().directory()));
  }

  private static String validation(Validation validation) {
    Rate consistency = validation.positionConsistency();
    return validation.accuracy() + ", consistent " + consistency;
  }

  private static String loss(Training training) {
    return number(training.firstLoss()) + " to " + number(training.lastLoss());
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.3f", value.getAsDouble()) : "?";
  }
}
