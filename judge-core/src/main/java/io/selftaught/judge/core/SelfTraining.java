package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.AdaptableModel;
import io.selftaught.judge.FineTuner;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Instruction;
import io.selftaught.judge.InstructionLabeler;
import io.selftaught.judge.InstructionSelector;
import io.selftaught.judge.Judge;
import io.selftaught.judge.JudgmentAnnotator;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.PairGenerator;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.core.annotate.RejectionSampling;
import io.selftaught.judge.core.data.JudgeJson;
import io.selftaught.judge.core.data.RunDirectory;
import io.selftaught.judge.core.eval.LabeledComparison;
import io.selftaught.judge.core.pairs.ModifiedInstructionPairs;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.select.BalancedSelector;
import io.selftaught.judge.core.select.InstructionLabelers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The loop in which a judge teaches itself (Wang et al. 2024, "Self-Taught Evaluators"). No human
 * preference is used.
 *
 * <p>Instructions are screened, labelled and selected; each becomes a pair of answers whose better
 * one is known by how they were made. Then, in rounds: the current judge samples judgments of every
 * pair, those that agree with the construction are kept and balanced, the seed model is fine-tuned
 * on them, and the result is the next judge.
 *
 * <p>Every record, kept or dropped with its reason, is in a journal of the run directory as soon as
 * it is done; a run that was killed goes on from there when it is started again with the same
 * settings. The seed of a record follows from the seed of the run, the stage, the round and its id,
 * so that results depend neither on interruptions nor on threads.
 *
 * <p>Immutable. One instance can do several runs, each in a directory of its own.
 */
public final class SelfTraining {

  private static final int VALIDATION_TOKENS = 1024;

  final AdaptableModel seedModel;
  final FineTuner tuner;
  final InstructionLabeler labeler;
  final InstructionSelector selector;
  final PairGenerator generator;
  final JudgmentAnnotator annotator;
  final List<LabeledComparison> validation;
  final Function<LanguageModel, Judge> validationJudge;
  final int rounds;
  final int limit;
  final int candidates;
  final long seed;
  final int threads;
  final ProgressListener listener;
  final InstantSource clock;

  private SelfTraining(Builder b) {
    seedModel = b.seedModel;
    tuner = b.tuner;
    labeler = b.labeler.orElseGet(() -> InstructionLabelers.byModel(seedModel));
    selector = b.selector;
    generator = b.generator.orElseGet(() -> ModifiedInstructionPairs.builder(seedModel).build());
    annotator = b.annotator.orElseGet(() -> RejectionSampling.builder(b.judgePrompt).build());
    validation = b.validation;
    validationJudge = b.validationJudge.orElse(model -> judge(model, b.judgePrompt));
    rounds = b.rounds;
    limit = b.limit;
    candidates = b.candidates.orElse(4 * limit);
    seed = b.seed;
    threads = b.threads;
    listener = b.listener;
    clock = b.clock;
  }

  /**
   * Returns a builder of a loop in which this model plays every part that is not given to another:
   * it labels, writes the pairs, judges, and is what every round is trained from.
   */
  public static Builder builder(AdaptableModel seedModel, FineTuner tuner) {
    return new Builder(requireNonNull(seedModel, "seedModel"), requireNonNull(tuner, "tuner"));
  }

  /**
   * Does a run, or the rest of it. A run that has nothing to learn from ends well and says why in
   * its report.
   *
   * @param pool the instructions to draw from, with distinct ids
   * @param directory receives journals, adapters ({@code round-1/adapter}, …) and at last {@code
   *     report.json}
   * @throws io.selftaught.judge.InvalidInputException if the directory was begun with other
   *     settings or is in use
   * @throws io.selftaught.judge.ModelException if a model failed in every record of a stage
   * @throws IllegalArgumentException if two instructions have the same id
   */
  public SelfTrainingReport run(List<Instruction> pool, Path directory) {
    Manifest.checkIds(pool);
    try (RunDirectory run = RunDirectory.open(directory, manifest(pool))) {
      SelfTrainingReport report = new SelfTrainingRun(this, run).train(pool);
      run.writeReport(ReportJson.of(report));
      return report;
    }
  }

  private Map<String, String> manifest(List<Instruction> pool) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("library", Manifest.libraryVersion());
    settings.put("model", Manifest.describe(seedModel, seedModel.name()));
    settings.put("labeler", Manifest.describe(labeler));
    settings.put("selector", Manifest.describe(selector));
    settings.put("pairs", Manifest.describe(generator));
    settings.put("annotator", Manifest.describe(annotator));
    settings.put("tuner", Manifest.describe(tuner));
    settings.put("validationJudge", Manifest.describe(validationJudge.apply(seedModel)));
    settings.put("validation", Manifest.hash(validation.stream().map(Object::toString).toList()));
    settings.put("limit", Integer.toString(limit));
    settings.put("candidates", Integer.toString(candidates));
    settings.put("seed", Long.toString(seed));
    settings.put(
        "pool", Manifest.hash(pool.stream().map(x -> JudgeJson.toJson(x).toString()).toList()));
    return settings;
  }

  private static Judge judge(LanguageModel model, JudgePrompt prompt) {
    return Judges.bothOrders(
        Judges.prompted(model, prompt, GenerationConfig.greedy(VALIDATION_TOKENS)));
  }

  /** Collects what a loop is made of; not safe for use by several threads. */
  public static final class Builder {
    private final AdaptableModel seedModel;
    private final FineTuner tuner;
    private Optional<InstructionLabeler> labeler = Optional.empty();
    private InstructionSelector selector = BalancedSelector.create();
    private Optional<PairGenerator> generator = Optional.empty();
    private JudgePrompt judgePrompt = JudgePrompt.standard();
    private Optional<JudgmentAnnotator> annotator = Optional.empty();
    private List<LabeledComparison> validation = List.of();
    private Optional<Function<LanguageModel, Judge>> validationJudge = Optional.empty();
    private int rounds = 1;
    private int limit = 1000;
    private OptionalInt candidates = OptionalInt.empty();
    private long seed;
    private int threads = 16;
    private ProgressListener listener = ProgressListener.none();
    private InstantSource clock = InstantSource.system();

    private Builder(AdaptableModel seedModel, FineTuner tuner) {
      this.seedModel = seedModel;
      this.tuner = tuner;
    }

    /** Sets who labels instructions; by default {@link InstructionLabelers#byModel the model}. */
    public Builder labeler(InstructionLabeler labeler) {
      this.labeler = Optional.of(labeler);
      return this;
    }

    /** Sets who chooses instructions; by default {@link BalancedSelector#create}. */
    public Builder selector(InstructionSelector selector) {
      this.selector = requireNonNull(selector, "selector");
      return this;
    }

    /** Sets who makes pairs; by default {@link ModifiedInstructionPairs} of the seed model. */
    public Builder pairGenerator(PairGenerator generator) {
      this.generator = Optional.of(generator);
      return this;
    }

    /**
     * Sets the prompt that the judge is asked with where {@link #annotator} or {@link
     * #validationJudge} is not set; by default {@link JudgePrompt#standard}.
     */
    public Builder judgePrompt(JudgePrompt judgePrompt) {
      this.judgePrompt = requireNonNull(judgePrompt, "judgePrompt");
      return this;
    }

    /** Sets who judges and keeps; by default {@link RejectionSampling} with the judge prompt. */
    public Builder annotator(JudgmentAnnotator annotator) {
      this.annotator = Optional.of(annotator);
      return this;
    }

    /**
     * Sets the labelled pairs on which the judge is measured before the first round and after each;
     * by default none. Instructions that overlap with their prompts are not trained on.
     */
    public Builder validation(List<LabeledComparison> validation) {
      this.validation = List.copyOf(validation);
      return this;
    }

    /**
     * Sets how a model is made the judge that is measured; by default it is asked once in each
     * order, greedily, with the judge prompt.
     */
    public Builder validationJudge(Function<LanguageModel, Judge> validationJudge) {
      this.validationJudge = Optional.of(validationJudge);
      return this;
    }

    /** Sets the number of rounds, ≥ 1; by default one. More of them continue a finished run. */
    public Builder rounds(int rounds) {
      this.rounds = atLeastOne("rounds", rounds);
      return this;
    }

    /** Sets the most instructions that are selected, ≥ 1; by default 1000. */
    public Builder limit(int limit) {
      this.limit = atLeastOne("limit", limit);
      return this;
    }

    /**
     * Sets the most instructions that are drawn from the pool to be labelled, ≥ 1; by default four
     * times the limit.
     */
    public Builder candidates(int candidates) {
      this.candidates = OptionalInt.of(atLeastOne("candidates", candidates));
      return this;
    }

    /** Sets the only source of chance. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Sets how many records are worked on at once, ≥ 1; by default 16. */
    public Builder threads(int threads) {
      this.threads = atLeastOne("threads", threads);
      return this;
    }

    /** Sets who is told of each record and each training step. */
    public Builder listener(ProgressListener listener) {
      this.listener = requireNonNull(listener, "listener");
      return this;
    }

    /** Sets the clock that stages are timed with. */
    public Builder clock(InstantSource clock) {
      this.clock = requireNonNull(clock, "clock");
      return this;
    }

    /** Returns the loop. */
    public SelfTraining build() {
      return new SelfTraining(this);
    }

    private static int atLeastOne(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be at least 1, was " + value);
      }
      return value;
    }
  }
}
