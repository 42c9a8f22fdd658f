package io.selftaught.judge.core;

import com.google.common.base.Suppliers;
import io.selftaught.judge.Adapter;
import io.selftaught.judge.Annotation.Example;
import io.selftaught.judge.Instruction;
import io.selftaught.judge.InstructionLabels.Category;
import io.selftaught.judge.LabeledInstruction;
import io.selftaught.judge.LabeledPair;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Outcome;
import io.selftaught.judge.ProgressEvent;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.TrainingExample;
import io.selftaught.judge.core.SelfTrainingReport.Judgments;
import io.selftaught.judge.core.SelfTrainingReport.Round;
import io.selftaught.judge.core.SelfTrainingReport.StageCount;
import io.selftaught.judge.core.SelfTrainingReport.Training;
import io.selftaught.judge.core.SelfTrainingReport.Validation;
import io.selftaught.judge.core.annotate.Balance;
import io.selftaught.judge.core.data.RunDirectory;
import io.selftaught.judge.core.data.Seeds;
import io.selftaught.judge.core.eval.Evaluation;
import io.selftaught.judge.core.eval.EvaluationReport;
import io.selftaught.judge.core.select.Screening;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** One run of a loop: the stages in their order, and what they came to. */
final class SelfTrainingRun {

  private final SelfTraining loop;
  private final RunDirectory directory;
  private final StageRunner stages;
  private final List<Round> done = new ArrayList<>();
  private Optional<EvaluationReport> ofSeed = Optional.empty();
  private Optional<String> stoppedBecause = Optional.empty();

  SelfTrainingRun(SelfTraining loop, RunDirectory directory) {
    this.loop = loop;
    this.directory = directory;
    stages = new StageRunner(directory, loop.seed, loop.threads, loop.listener, loop.clock);
  }

  SelfTrainingReport train(List<Instruction> pool) {
    // Which instructions: drawn without a model, labelled by one, chosen by their labels.
    var screened = stages.run(Stages.screen(lazily(() -> screen(pool))), pool);
    var labelled = stages.run(Stages.label(loop.labeler), kept(screened));
    var selected = stages.run(Stages.select(lazily(() -> select(kept(labelled)))), kept(labelled));
    // One pair of each, made once and judged anew in every round.
    var paired = stages.run(Stages.pair(loop.generator), kept(selected));
    List<StageCount> counts =
        List.of(
            count("screen", 0, screened),
            count("label", 0, labelled),
            count("select", 0, selected),
            count("pair", 0, paired));
    if (kept(paired).isEmpty()) {
      stoppedBecause = Optional.of("no pair could be made: " + Figures.describe(counts));
    }
    Map<String, Category> categories = categories(kept(selected));
    Optional<Validation> seedValidation = validate(0, loop.seedModel);
    try (CurrentJudge judge = new CurrentJudge(loop.seedModel)) {
      for (int round = 1; round <= loop.rounds && stoppedBecause.isEmpty(); round++) {
        round(round, kept(paired), categories, judge);
      }
    }
    return new SelfTrainingReport(
        counts, Figures.frequencies(categories.values()), seedValidation, done, stoppedBecause);
  }

  /** Judge the pairs, keep what agrees, even out the orders, learn anew from the seed. */
  private void round(
      int round, List<LabeledPair> pairs, Map<String, Category> categories, CurrentJudge judge) {
    var annotated = stages.run(Stages.annotate(round, loop.annotator, judge.model()), pairs);
    List<Example> agreeing =
        kept(annotated).stream().flatMap(annotation -> annotation.examples().stream()).toList();
    var balanced =
        stages.run(
            Stages.balance(round, Balance.of(agreeing, chance("balance-" + round))), agreeing);
    List<TrainingExample> lessons = kept(balanced).stream().map(Example::example).toList();
    var trained =
        stages.silently().run(fineTune(round), lessons.isEmpty() ? List.of() : List.of(lessons));
    Optional<Adapter> adapter = kept(trained).stream().findFirst();
    adapter.ifPresent(learnt -> judge.become(loop.seedModel.withAdapter(learnt)));

    Judgments judgments =
        Figures.judgments(
            Figures.results(annotated), pair -> categories.get(pair.instruction().id()));
    done.add(
        new Round(
            round,
            List.of(
                count("annotate", round, annotated),
                count("balance", round, balanced),
                count(Stages.FINE_TUNE, round, trained)),
            judgments,
            adapter.map(learnt -> training(round, learnt, lessons.size())),
            adapter.flatMap(learnt -> validate(round, judge.model()))));
    if (lessons.isEmpty()) {
      stoppedBecause = Optional.of(Figures.nothingToLearn(round, judgments));
    } else if (adapter.isEmpty()) {
      stoppedBecause = Optional.of(Figures.trainingStopped(round, trained.values()));
    }
  }

  private Stage<List<TrainingExample>, Adapter> fineTune(int round) {
    return Stages.fineTune(
        round,
        directory,
        lessons -> {
          try (LossJournal progress = new LossJournal(directory, round, loop.listener)) {
            return loop.tuner.fineTune(
                lessons, directory.path(Stage.place(round, "adapter")), progress);
          }
        });
  }

  private Training training(int round, Adapter adapter, int examples) {
    NavigableMap<Long, Double> losses = LossJournal.read(directory, round);
    return new Training(
        adapter,
        examples,
        losses.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(losses.firstEntry().getValue()),
        losses.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(losses.lastEntry().getValue()));
  }

  /** Measures a judge, if there are pairs to do so; round 0 is the seed model. */
  private Optional<Validation> validate(int round, LanguageModel model) {
    if (loop.validation.isEmpty()) {
      return Optional.empty();
    }
    Path place = directory.path(Stage.place(round, "validation"));
    Evaluation evaluation =
        Evaluation.of(loop.validationJudge.apply(model))
            .withThreads(loop.threads)
            .withListener(relabelled("validate", round))
            .withDirectory(place);
    EvaluationReport report =
        Files.exists(place.resolve("report.json"))
            ? evaluation.run(loop.validation)
            : stages.timed("validate", round, () -> evaluation.run(loop.validation));
    Figures.checkThatAJudgeWorks(report);
    Validation figures = Figures.validation(report, ofSeed, stages.seconds("validate", round));
    ofSeed = ofSeed.or(() -> Optional.of(report));
    return Optional.of(figures);
  }

  private ProgressListener relabelled(String stage, int round) {
    return e ->
        loop.listener.onProgress(new ProgressEvent(stage, round, e.done(), e.total(), e.metrics()));
  }

  private <T> StageCount count(String stage, int round, Map<?, Outcome<T>> outcomes) {
    return Figures.count(stage, outcomes.values(), stages.seconds(stage, round));
  }

  private Map<Instruction, Outcome<Instruction>> screen(List<Instruction> pool) {
    List<String> heldOut =
        loop.validation.stream().map(pair -> pair.comparison().prompt()).toList();
    return Screening.awayFrom(heldOut).screen(pool, loop.candidates, chance("screen"));
  }

  private List<LabeledInstruction> select(List<LabeledInstruction> labelled) {
    return loop.selector.select(labelled, loop.limit, chance("select"));
  }

  private long chance(String stage) {
    return Seeds.of(loop.seed, stage);
  }

  private static <T> List<T> kept(Map<?, Outcome<T>> outcomes) {
    return outcomes.values().stream().flatMap(outcome -> outcome.value().stream()).toList();
  }

  private static Map<String, Category> categories(List<LabeledInstruction> selected) {
    Map<String, Category> categories = new HashMap<>();
    selected.forEach(x -> categories.put(x.instruction().id(), x.labels().category()));
    return categories;
  }

  /** A stage that is finished never asks for it. */
  private static <T> Supplier<T> lazily(Supplier<T> work) {
    return Suppliers.memoize(work::get);
  }
}
