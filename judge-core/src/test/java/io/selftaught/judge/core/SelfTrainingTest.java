package io.selftaught.judge.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.base.Throwables;
import io.selftaught.judge.AdaptableModel;
import io.selftaught.judge.Annotation;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.FineTuner;
import io.selftaught.judge.Instruction;
import io.selftaught.judge.InstructionLabeler;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.JudgmentAnnotator;
import io.selftaught.judge.LabeledInstruction;
import io.selftaught.judge.LabeledPair;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.Order;
import io.selftaught.judge.Outcome;
import io.selftaught.judge.Preference;
import io.selftaught.judge.ProgressEvent;
import io.selftaught.judge.Trace;
import io.selftaught.judge.TrainingExample;
import io.selftaught.judge.TrainingException;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.core.SelfTrainingReport.Round;
import io.selftaught.judge.core.SelfTrainingReport.StageCount;
import io.selftaught.judge.core.annotate.RejectionSampling;
import io.selftaught.judge.core.data.Journal;
import io.selftaught.judge.core.data.JsonFile;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.data.JudgeJson;
import io.selftaught.judge.core.eval.LabeledComparison;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.select.InstructionLabelers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfTrainingTest {

  private static final List<Instruction> POOL =
      IntStream.range(0, 40)
          .mapToObj(i -> new Instruction("i" + i, "Task number " + i + " of " + i * 31 + ".", ""))
          .toList();

  private static final JudgmentAnnotator ANNOTATOR =
      RejectionSampling.builder(JudgePrompt.standard()).samples(4).build();

  private static final List<LabeledComparison> VALIDATION =
      IntStream.range(0, 30)
          .mapToObj(
              i ->
                  new LabeledComparison(
                      "v" + i,
                      "",
                      "",
                      Comparison.of(
                              "Question " + i, "Answer to: Question " + i, LearningModel.OTHER + i)
                          .in(i % 2 == 0 ? Order.AB : Order.BA),
                      i % 2 == 0 ? Preference.A : Preference.B))
          .toList();

  @TempDir Path temp;

  @Test
  void run_modelThatLearns_getsBetterFromRoundToRound() {
    CountingTuner tuner = new CountingTuner();
    SelfTrainingReport report =
        loop(LearningModel.skilled(0.6), tuner).run(POOL, temp.resolve("run"));

    assertThat(report.stoppedBecause()).isEmpty();
    assertThat(report.stages())
        .extracting(StageCount::stage)
        .containsExactly("screen", "label", "select", "pair");
    assertThat(report.rounds()).extracting(Round::number).containsExactly(1, 2);
    double before = report.rounds().get(0).judgments().overall().value().orElseThrow();
    double after = report.rounds().get(1).judgments().overall().value().orElseThrow();
    assertThat(before).isBetween(0.5, 0.7);
    assertThat(after).isGreaterThan(before + 0.05);
    assertThat(report.bestRound().orElseThrow()).isPositive();
    assertThat(report.rounds().get(1).validation().orElseThrow().againstSeed()).isPresent();
    assertThat(tuner.trained).hasSize(2);
  }

  @Test
  void run_everyStage_accountsForEveryRecord() {
    SelfTrainingReport report = run(temp.resolve("run"));

    List<StageCount> stages = report.stages();
    assertThat(total(stages.get(0))).isEqualTo(POOL.size());
    for (int i = 1; i < stages.size(); i++) {
      assertThat(total(stages.get(i))).isEqualTo(stages.get(i - 1).kept());
    }
    for (Round round : report.rounds()) {
      assertThat(total(round.stages().get(0))).isEqualTo(stages.get(3).kept());
      assertThat(round.stages().get(1).kept()).isEqualTo(round.training().orElseThrow().examples());
    }
  }

  @Test
  void run_killedAtAnyCall_goesOnToTheSameEndWithoutRepeatingAFinishedRecord() throws IOException {
    LearningModel whole = LearningModel.skilled(0.6);
    SelfTrainingReport expected =
        small(whole, new CountingTuner()).run(POOL, temp.resolve("whole"));
    Map<String, List<String>> journals = journals(temp.resolve("whole"));

    for (int kill = 1; kill <= whole.calls(); kill += 3) {
      Path directory = temp.resolve("killed-" + kill);
      LearningModel first = LearningModel.skilled(0.6, kill);
      assertThat(catchThrowable(() -> small(first, new CountingTuner()).run(POOL, directory)))
          .extracting(Throwables::getRootCause)
          .isInstanceOf(LearningModel.Killed.class);
      assertThat(directory.resolve("report.json")).doesNotExist();

      LearningModel second = LearningModel.skilled(0.6);
      SelfTrainingReport report = small(second, new CountingTuner()).run(POOL, directory);

      assertThat(relative(report, directory)).isEqualTo(relative(expected, temp.resolve("whole")));
      assertThat(journals(directory)).as("killed at %d", kill).isEqualTo(journals);
      // A record takes at most three calls; those of the one that was cut off are made again.
      assertThat(first.calls() + second.calls()).isBetween(whole.calls() + 1, whole.calls() + 3);
    }
  }

  @Test
  void run_killedInTraining_goesOnFromTheCheckpoint() throws IOException {
    CountingTuner whole = new CountingTuner();
    small(LearningModel.skilled(0.6), whole).run(POOL, temp.resolve("whole"));

    for (int kill = 1; kill <= whole.steps; kill += 2) {
      Path directory = temp.resolve("killed-" + kill);
      CountingTuner first = new CountingTuner(kill);
      assertThatThrownBy(() -> small(LearningModel.skilled(0.6), first).run(POOL, directory))
          .isInstanceOf(LearningModel.Killed.class);

      CountingTuner second = new CountingTuner();
      LearningModel model = LearningModel.skilled(0.6);
      small(model, second).run(POOL, directory);

      assertThat(journals(directory)).isEqualTo(journals(temp.resolve("whole")));
      assertThat(first.steps + second.steps).isEqualTo(whole.steps + 1);
    }
  }

  @Test
  void run_finished_asksNobodyAgain() {
    SelfTrainingReport report = run(temp.resolve("run"));
    LearningModel model = LearningModel.skilled(0.6);
    CountingTuner tuner = new CountingTuner();

    assertThat(loop(model, tuner).run(POOL, temp.resolve("run"))).isEqualTo(report);
    assertThat(model.calls()).isZero();
    assertThat(tuner.steps).isZero();
  }

  @Test
  void run_moreRoundsThanBefore_goesOnBehindTheLast() {
    SelfTraining.Builder settings = settings(LearningModel.skilled(0.6), new CountingTuner());
    SelfTrainingReport one = settings.rounds(1).build().run(POOL, temp.resolve("run"));
    SelfTrainingReport two = settings.rounds(2).build().run(POOL, temp.resolve("run"));

    assertThat(two.rounds()).startsWith(one.rounds().get(0)).hasSize(2);
  }

  @Test
  void run_anyNumberOfThreads_givesTheSame() throws IOException {
    SelfTrainingReport one = run(temp.resolve("one"));
    SelfTrainingReport many =
        settings(LearningModel.skilled(0.6), new CountingTuner())
            .threads(8)
            .build()
            .run(POOL, temp.resolve("many"));

    assertThat(relative(many, temp.resolve("many"))).isEqualTo(relative(one, temp.resolve("one")));
    assertThat(journals(temp.resolve("many"))).isEqualTo(journals(temp.resolve("one")));
  }

  @Test
  void run_anotherSeed_givesAnother() throws IOException {
    run(temp.resolve("one"));
    settings(LearningModel.skilled(0.6), new CountingTuner())
        .seed(2)
        .build()
        .run(POOL, temp.resolve("two"));

    assertThat(journals(temp.resolve("two"))).isNotEqualTo(journals(temp.resolve("one")));
  }

  @Test
  void run_otherSettingsOrPool_areRefusedInThatDirectory() {
    run(temp.resolve("run"));

    assertThatThrownBy(
            () ->
                settings(LearningModel.skilled(0.6), new CountingTuner())
                    .limit(11)
                    .candidates(30)
                    .build()
                    .run(POOL, temp.resolve("run")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("limit was 12, is now 11.");
    assertThatThrownBy(() -> run(temp.resolve("run"), POOL.subList(0, 20)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("pool was ");
  }

  @Test
  void run_judgeThatNeverDecides_endsWellAndSaysWhy() {
    SelfTrainingReport report =
        loop(LearningModel.saying("Both have merits."), new CountingTuner())
            .run(POOL, temp.resolve("run"));

    assertThat(report.stoppedBecause())
        .contains(
            "round 1 kept nothing to learn from: none of 96 judgments agrees with how its pair was"
                + " made; the verdicts are {UNPARSABLE=96}, A being right");
    assertThat(report.rounds()).hasSize(1);
    assertThat(report.rounds().get(0).training()).isEmpty();
    assertThat(report.bestRound()).hasValue(0);
    assertThat(JsonFile.read(temp.resolve("run/report.json")).text("stoppedBecause"))
        .isEqualTo(report.stoppedBecause().orElseThrow());
    assertThat(temp.resolve("run/round-1/adapter")).doesNotExist();
  }

  @Test
  void run_judgeThatAlwaysPrefersTheFirst_learnsNothingFromIt() {
    SelfTrainingReport report =
        loop(LearningModel.saying("The first. [[A]]"), new CountingTuner())
            .run(POOL, temp.resolve("run"));

    assertThat(report.stoppedBecause().orElseThrow())
        .contains(
            "48 of 96 judgments agree", "first 48 of 48 and shown second 0 of 48", "equal number");
    assertThat(report.rounds().get(0).stages().get(1).dropped()).containsEntry("balance", 12L);
  }

  @Test
  void run_noPair_endsWellAndSaysWhy() {
    SelfTrainingReport report =
        settings(LearningModel.skilled(0.6), new CountingTuner())
            .pairGenerator((instruction, seed) -> Outcome.dropped("empty answer", ""))
            .build()
            .run(POOL, temp.resolve("run"));

    assertThat(report.stoppedBecause().orElseThrow())
        .contains("no pair could be made", "pair kept 0 {empty answer=12}");
    assertThat(report.rounds()).isEmpty();
  }

  @Test
  void run_trainingThatStops_endsWellWithTheJudgeBefore() {
    FineTuner tuner =
        (examples, directory, listener) -> {
          throw new TrainingException("the loss is not a number in step 3");
        };
    SelfTrainingReport report =
        loop(LearningModel.skilled(0.6), tuner).run(POOL, temp.resolve("run"));

    assertThat(report.stoppedBecause())
        .contains("round 1 trained no adapter: the loss is not a number in step 3");
    assertThat(report.rounds().get(0).validation()).isEmpty();
  }

  @Test
  void run_someRecordsFail_areDroppedWithTheirReasonAndTheRestGoesOn() {
    SelfTrainingReport report =
        settings(LearningModel.skilled(0.6), new CountingTuner())
            .labeler(
                (instruction, seed) -> {
                  if (instruction.id().equals("i7")) {
                    throw new ModelException("timed out");
                  } else if (instruction.id().equals("i8")) {
                    throw new IllegalStateException("a bug");
                  }
                  return InstructionLabelers.none().label(instruction, seed);
                })
            .candidates(40)
            .build()
            .run(POOL, temp.resolve("run"));

    assertThat(report.stages().get(1).dropped())
        .containsOnly(Map.entry("model failed", 1L), Map.entry("error", 1L));
    assertThat(report.stoppedBecause()).isEmpty();
  }

  @Test
  void run_everyRecordFails_saysSoAndTriesThemAgain() {
    SelfTraining.Builder failing =
        settings(LearningModel.skilled(0.6), new CountingTuner())
            .labeler(new SwitchableLabeler(false));
    assertThatThrownBy(() -> failing.build().run(POOL, temp.resolve("run")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(
            "Stage \"label\" failed in each of its records (30), first with: out");

    SelfTrainingReport report =
        failing.labeler(new SwitchableLabeler(true)).build().run(POOL, temp.resolve("run"));
    assertThat(report.stages().get(1).kept()).isEqualTo(30);
  }

  @Test
  void run_judgeThatFailsOnEveryValidationPair_saysSo() {
    Judge broken = comparison -> Judgment.of(Verdict.undecided(Verdict.Cause.FAILED));
    SelfTraining loop =
        settings(LearningModel.skilled(0.6), new CountingTuner())
            .validationJudge(model -> broken)
            .build();

    assertThatThrownBy(() -> loop.run(POOL, temp.resolve("run")))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("Validation failed on each of its pairs (30)");
  }

  @Test
  void run_pairThatNoJudgmentCouldBeHadOf_isDroppedAndTheRestGoesOn() {
    SelfTrainingReport report =
        settings(LearningModel.skilled(0.6), new CountingTuner())
            .annotator(
                (pair, judge, seed) ->
                    pair.id().endsWith("1") ? failed(pair) : ANNOTATOR.annotate(pair, judge, seed))
            .candidates(40)
            .limit(40)
            .build()
            .run(POOL, temp.resolve("run"));

    StageCount annotated = report.rounds().get(0).stages().get(0);
    assertThat(annotated.dropped()).containsOnly(Map.entry("model failed", 4L));
    assertThat(annotated.kept()).isEqualTo(36);
  }

  @Test
  void run_interrupted_doesTheRecordThatWasCutShortAnewAndAllOthersOnce() throws Exception {
    SelfTrainingReport expected = run(temp.resolve("whole"));
    Path directory = temp.resolve("interrupted");
    AtomicInteger calls = new AtomicInteger();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    CountDownLatch third = new CountDownLatch(1);
    JudgmentAnnotator cutShort =
        new JudgmentAnnotator() {
          @Override
          public Annotation annotate(LabeledPair pair, LanguageModel judge, long seed) {
            if (calls.incrementAndGet() < 3) {
              return ANNOTATOR.annotate(pair, judge, seed);
            }
            third.countDown();
            waitForInterrupt();
            return failed(pair);
          }

          @Override
          public String toString() {
            return ANNOTATOR.toString();
          }
        };
    Thread caller =
        new Thread(
            () ->
                thrown.set(
                    catchThrowable(
                        () ->
                            settings(LearningModel.skilled(0.6), new CountingTuner())
                                .annotator(cutShort)
                                .build()
                                .run(POOL, directory))));
    caller.start();
    third.await();
    caller.interrupt();
    caller.join();

    assertThat(thrown.get()).isInstanceOf(CancellationException.class);
    assertThat(calls).hasValue(3);
    assertThat(relative(run(directory), directory))
        .isEqualTo(relative(expected, temp.resolve("whole")));
    assertThat(journals(directory)).isEqualTo(journals(temp.resolve("whole")));
  }

  private static void waitForInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Annotation failed(LabeledPair pair) {
    Trace trace =
        new Trace(Order.AB, "timed out", Verdict.undecided(Verdict.Cause.FAILED), Usage.UNKNOWN);
    return new Annotation(pair.id(), List.of(trace, trace), List.of());
  }

  @Test
  void run_overlapWithValidation_isNotTrainedOn() {
    List<Instruction> pool = new ArrayList<>(POOL);
    Collections.addAll(pool, new Instruction("leak", "question 7!", ""));

    SelfTrainingReport report =
        settings(LearningModel.skilled(0.6), new CountingTuner())
            .candidates(50)
            .build()
            .run(pool, temp.resolve("run"));

    assertThat(journal("run/screen.jsonl"))
        .anySatisfy(
            line -> {
              assertThat(line.text("id")).isEqualTo("leak");
              assertThat(line.text("dropped")).isEqualTo("overlaps held-out text");
            });
    assertThat(report.stages().get(0).dropped()).containsEntry("overlaps held-out text", 1L);
  }

  @Test
  void run_everyExample_hasTheConversationOfItsOwnPair() {
    CountingTuner tuner = new CountingTuner();
    loop(LearningModel.skilled(0.6), tuner).run(POOL, temp.resolve("run"));

    for (TrainingExample example : tuner.trained.get(0)) {
      String id = example.id().substring(0, example.id().indexOf('-'));
      String text = POOL.stream().filter(x -> x.id().equals(id)).findFirst().orElseThrow().text();
      assertThat(example.prompt()).hasSize(2);
      assertThat(example.prompt().get(1).content()).contains("\n" + text + "\n");
    }
    assertThat(tuner.trained.get(0)).extracting(TrainingExample::id).doesNotHaveDuplicates();
  }

  @Test
  void run_everyPair_isJudgedInEveryRound() {
    run(temp.resolve("run"));
    List<String> pairs = ids(journal("run/pair.jsonl"));

    assertThat(ids(journal("run/round-1/annotate.jsonl")))
        .containsExactlyInAnyOrderElementsOf(pairs);
    assertThat(ids(journal("run/round-2/annotate.jsonl")))
        .containsExactlyInAnyOrderElementsOf(pairs);
  }

  @Test
  void run_trainedExamples_showTheBetterAnswerFirstAsOftenAsSecond() {
    CountingTuner tuner = new CountingTuner();
    loop(LearningModel.skilled(0.6), tuner).run(POOL, temp.resolve("run"));

    List<Order> orders =
        journal("run/round-1/balance.jsonl").stream()
            .filter(line -> line.has("kept"))
            .map(line -> JudgeJson.example(line.record("kept")).order())
            .toList();
    assertThat(orders).hasSize(tuner.trained.get(0).size());
    assertThat(Collections.frequency(orders, Order.AB)).isEqualTo(orders.size() / 2);
  }

  @Test
  void run_progress_neverGoesBackWithinAStageAndEndsDone() {
    List<ProgressEvent> events = Collections.synchronizedList(new ArrayList<>());
    settings(LearningModel.skilled(0.6), new CountingTuner())
        .threads(8)
        .listener(events::add)
        .build()
        .run(POOL, temp.resolve("run"));

    Map<String, ProgressEvent> last = new TreeMap<>();
    for (ProgressEvent event : events) {
      ProgressEvent before = last.put(event.stage() + event.round(), event);
      assertThat(event.done()).isGreaterThan(before == null ? -1 : before.done());
    }
    assertThat(last.keySet())
        .contains(
            "screen0", "label0", "pair0", "validate0", "annotate1", "fine-tune1", "validate2");
    assertThat(last.values()).allSatisfy(e -> assertThat(e.done()).isEqualTo(e.total()));
  }

  @Test
  void run_sameIdTwice_isRefused() {
    List<Instruction> twice = List.of(POOL.get(0), new Instruction("i0", "Another.", ""));

    assertThatThrownBy(() -> run(temp.resolve("run"), twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pool must have distinct ids, has \"i0\" twice");
  }

  @Test
  void builder_illegalValues_areRefused() {
    SelfTraining.Builder builder =
        SelfTraining.builder(LearningModel.skilled(1), new CountingTuner());

    assertThatThrownBy(() -> builder.rounds(0)).hasMessage("rounds must be at least 1, was 0");
    assertThatThrownBy(() -> builder.limit(0)).hasMessage("limit must be at least 1, was 0");
    assertThatThrownBy(() -> builder.threads(0)).hasMessage("threads must be at least 1, was 0");
    assertThatThrownBy(() -> builder.candidates(-1))
        .hasMessage("candidates must be at least 1, was -1");
  }

  private SelfTrainingReport run(Path directory) {
    return run(directory, POOL);
  }

  private SelfTrainingReport run(Path directory, List<Instruction> pool) {
    return loop(LearningModel.skilled(0.6), new CountingTuner()).run(pool, directory);
  }

  private static SelfTraining loop(AdaptableModel model, FineTuner tuner) {
    return settings(model, tuner).build();
  }

  /** Returns a loop of less work, for tests that do it often. */
  private static SelfTraining small(AdaptableModel model, FineTuner tuner) {
    return settings(model, tuner)
        .validation(VALIDATION.subList(0, 4))
        .limit(4)
        .candidates(8)
        .build();
  }

  private static SelfTraining.Builder settings(AdaptableModel model, FineTuner tuner) {
    return SelfTraining.builder(model, tuner)
        .annotator(ANNOTATOR)
        .validation(VALIDATION)
        .rounds(2)
        .limit(12)
        .candidates(30)
        .seed(1)
        .threads(1)
        .clock(() -> Instant.EPOCH);
  }

  private static long total(StageCount count) {
    return count.kept() + count.dropped().values().stream().mapToLong(n -> n).sum();
  }

  private List<JsonRecord> journal(String name) {
    return Journal.read(temp.resolve(name), line -> line).records();
  }

  private static List<String> ids(List<JsonRecord> journal) {
    return journal.stream().map(line -> line.text("id")).toList();
  }

  /** Returns the report without the place of the run. */
  private static String relative(SelfTrainingReport report, Path directory) {
    return ReportJson.of(report).toString().replace(directory.toString(), "");
  }

  /** Returns the lines of every journal, in an order that threads don't change. */
  private static Map<String, List<String>> journals(Path directory) throws IOException {
    Map<String, List<String>> journals = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
        journals.put(
            directory.relativize(file).toString(),
            Files.readAllLines(file).stream().sorted().toList());
      }
    }
    // Has a line for each start of a stage.
    journals.remove("seconds.jsonl");
    return journals;
  }

  private record SwitchableLabeler(boolean on) implements InstructionLabeler {
    @Override
    public Outcome<LabeledInstruction> label(Instruction instruction, long seed) {
      if (!on) {
        throw new ModelException("out of order");
      }
      return InstructionLabelers.none().label(instruction, seed);
    }

    @Override
    public String toString() {
      return "switchable";
    }
  }
}
