package io.selftaught.judge.quickstart;

import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judge;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.LoraConfig;
import io.selftaught.judge.PairGenerator;
import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.SelfTraining;
import io.selftaught.judge.core.SelfTrainingReport;
import io.selftaught.judge.core.annotate.RejectionSampling;
import io.selftaught.judge.core.pairs.ModifiedInstructionPairs;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.select.ModelLabeler;
import io.selftaught.judge.djl.DjlFineTuner;
import io.selftaught.judge.djl.DjlModel;
import io.selftaught.judge.quickstart.world.Forms;
import io.selftaught.judge.quickstart.world.HeldOutPairs;
import io.selftaught.judge.quickstart.world.World;
import java.nio.file.Path;
import java.util.Optional;

/** A language model teaches itself to judge, before your eyes. */
public final class Quickstart {

  /** That of the figures in the README. */
  static final Size SIZE = new Size(150, 3, 240);

  private static final World WORLD = World.standard();

  /** How much is made, learnt and measured. */
  record Size(int instructions, int rounds, int heldOutPairs) {}

  private Quickstart() {}

  /** Runs it; {@code --help} tells the options. */
  public static void main(String[] args) {
    Options.parse(args).ifPresent(Quickstart::run);
  }

  private static void run(Options options) {
    try (DjlModel seedModel = DjlModel.load(options.model());
        Stage stage = new Stage(options.run())) {
      SelfTraining.Builder loop =
          options.own()
              ? SelfTraining.builder(seedModel, tuner(seedModel, options.seed()))
                  .judgePrompt(JudgePrompt.compact())
              : loop(seedModel, options.seed());
      SelfTrainingReport report =
          run(loop.listener(stage.progress()), options.size(), options.seed(), options.run());
      stage.print(report);
      Optional<DjlModel> trained =
          Stage.lastTraining(report).map(learnt -> seedModel.withAdapter(learnt.adapter()));
      try (DjlModel last = trained.orElse(seedModel)) {
        stage.compare(judge(seedModel, options), judge(last, options));
      }
      stage.finish(report);
    }
  }

  static SelfTrainingReport run(SelfTraining.Builder loop, Size size, long seed, Path directory) {
    return loop.validation(HeldOutPairs.draw(WORLD, size.heldOutPairs(), seed))
        .rounds(size.rounds())
        .limit(size.instructions())
        .candidates(2 * size.instructions())
        .seed(seed)
        .build()
        .run(WORLD.pool(10 * size.instructions(), seed), directory);
  }

  /** The library's own loop, in the words that the micro model knows. */
  static SelfTraining.Builder loop(DjlModel model, long seed) {
    GenerationConfig judgments =
        GenerationConfig.builder().samples(8).temperature(1).maxTokens(48).build();
    // README
    return SelfTraining.builder(model, tuner(model, seed))
        .labeler(ModelLabeler.builder(model).prompt(Forms.LABEL).build())
        .pairGenerator(pairs(model))
        .annotator(RejectionSampling.builder(Forms.JUDGE).generation(judgments).keep(2).build())
        .validationJudge(Quickstart::judge)
        .threads(32);
    // end
  }

  static PairGenerator pairs(DjlModel model) {
    return ModifiedInstructionPairs.builder(model).prompt(Forms.RELATED).build();
  }

  private static DjlFineTuner tuner(DjlModel model, long seed) {
    LoraConfig lora = LoraConfig.builder().rank(8).alpha(16).dropout(0).build();
    TrainingConfig training =
        TrainingConfig.builder().learningRate(2e-3).epochs(3).batchSize(32).seed(seed).build();
    return DjlFineTuner.of(model, lora, training);
  }

  private static Judge judge(LanguageModel model, Options options) {
    return options.own()
        ? Judges.bothOrders(
            Judges.prompted(model, JudgePrompt.compact(), GenerationConfig.greedy(256)))
        : judge(model);
  }

  /** A model asked in both orders, for its likeliest words. */
  static Judge judge(LanguageModel model) {
    return Judges.bothOrders(Judges.prompted(model, Forms.JUDGE, GenerationConfig.greedy(48)));
  }
}
