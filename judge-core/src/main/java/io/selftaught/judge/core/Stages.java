package io.selftaught.judge.core;

import io.selftaught.judge.Adapter;
import io.selftaught.judge.Annotation;
import io.selftaught.judge.Annotation.Example;
import io.selftaught.judge.Instruction;
import io.selftaught.judge.InstructionLabeler;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.JudgmentAnnotator;
import io.selftaught.judge.LabeledInstruction;
import io.selftaught.judge.LabeledPair;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Outcome;
import io.selftaught.judge.PairGenerator;
import io.selftaught.judge.Trace;
import io.selftaught.judge.TrainingExample;
import io.selftaught.judge.TrainingException;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.annotate.Balance;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.data.JudgeJson;
import io.selftaught.judge.core.data.RunDirectory;
import io.selftaught.judge.core.select.Screening;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/** The stages of self-training, each as work on one record and as lines of a journal. */
final class Stages {

  static final String FINE_TUNE = "fine-tune";

  /** The reason of a fine-tuning that ended without an adapter. */
  static final String TRAINING_STOPPED = "training stopped";

  private static final Verdict FAILED = Verdict.undecided(Cause.FAILED);

  private Stages() {}

  /** Draws the candidates: see {@link Screening}. */
  static Stage<Instruction, Instruction> screen(
      Supplier<Map<Instruction, Outcome<Instruction>>> screened) {
    return new Stage<>(
        "screen",
        0,
        Instruction::id,
        (instruction, seed) -> lookUp(screened.get(), instruction),
        JudgeJson::toJson,
        JudgeJson::instruction);
  }

  static Stage<Instruction, LabeledInstruction> label(InstructionLabeler labeler) {
    return new Stage<>(
        "label",
        0,
        Instruction::id,
        labeler::label,
        JudgeJson::toJson,
        JudgeJson::labeledInstruction);
  }

  static Stage<LabeledInstruction, LabeledInstruction> select(
      Supplier<List<LabeledInstruction>> selected) {
    return new Stage<>(
        "select",
        0,
        labeled -> labeled.instruction().id(),
        (labeled, seed) ->
            selected.get().contains(labeled)
                ? Outcome.kept(labeled)
                : Outcome.dropped(
                    "not selected",
                    labeled.labels().category() + ", complexity " + labeled.labels().complexity()),
        JudgeJson::toJson,
        JudgeJson::labeledInstruction);
  }

  static Stage<LabeledInstruction, LabeledPair> pair(PairGenerator generator) {
    return new Stage<>(
        "pair",
        0,
        labeled -> labeled.instruction().id(),
        generator::generate,
        JudgeJson::toJson,
        JudgeJson::labeledPair);
  }

  static Stage<LabeledPair, Annotation> annotate(
      int round, JudgmentAnnotator annotator, LanguageModel judge) {
    return new Stage<>(
        "annotate",
        round,
        LabeledPair::id,
        (pair, seed) -> unlessFailed(annotator.annotate(pair, judge, seed)),
        JudgeJson::toJson,
        JudgeJson::annotation);
  }

  /** A pair of which no judgment could be had is one that failed, like those of other stages. */
  private static Outcome<Annotation> unlessFailed(Annotation annotation) {
    List<Trace> traces = annotation.traces();
    boolean failed =
        !traces.isEmpty() && traces.stream().allMatch(trace -> trace.verdict().equals(FAILED));
    return failed
        ? Outcome.dropped(StageRunner.MODEL_FAILED, traces.get(0).text())
        : Outcome.kept(annotation);
  }

  /** Evens out the order of showing: see {@link Balance}. */
  static Stage<Example, Example> balance(int round, Map<Example, Outcome<Example>> balanced) {
    return new Stage<>(
        "balance",
        round,
        example -> example.example().id(),
        (example, seed) -> lookUp(balanced, example),
        JudgeJson::toJson,
        JudgeJson::example);
  }

  /** Trains one adapter: a stage of one record. Its directory is kept relative to the run's. */
  static Stage<List<TrainingExample>, Adapter> fineTune(
      int round, RunDirectory run, Function<List<TrainingExample>, Adapter> training) {
    Path directory = run.path("").toAbsolutePath();
    return new Stage<>(
        FINE_TUNE,
        round,
        examples -> "adapter",
        (examples, seed) -> unlessStopped(() -> training.apply(examples)),
        adapter ->
            JsonRecord.builder()
                .put(
                    "adapter",
                    directory.relativize(adapter.directory().toAbsolutePath()).toString())
                .build(),
        json -> new Adapter(run.path(json.text("adapter"))));
  }

  private static Outcome<Adapter> unlessStopped(Supplier<Adapter> training) {
    try {
      return Outcome.kept(training.get());
    } catch (TrainingException | InvalidInputException e) {
      return Outcome.dropped(TRAINING_STOPPED, String.valueOf(e.getMessage()));
    }
  }

  private static <T> Outcome<T> lookUp(Map<T, Outcome<T>> outcomes, T input) {
    return Objects.requireNonNull(outcomes.get(input));
  }
}
