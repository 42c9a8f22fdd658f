package io.selftaught.judge.cli;

import io.selftaught.judge.AdaptableModel;
import io.selftaught.judge.Adapter;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judge;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.TiePolicy;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.prompt.PlanPrompt;
import io.selftaught.judge.djl.ModelInfo;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how a model is asked to judge. */
@SuppressWarnings("NullAway.Init") // Set by the option parser.
final class JudgingOptions {

  /**
   * Below this, a model needs a reply that is begun for it and a verdict that is forced where it
   * wrote none.
   */
  private static final long SMALL_MODEL_PARAMETERS = 2_000_000_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Mixin private SamplingOptions sampling;

  @Option(
      names = "--adapter",
      paramLabel = "DIR",
      description = "An adapter to put on the model, in the layout of PEFT.")
  private @Nullable Path adapter;

  @Option(
      names = "--verdict-only",
      description =
          "Ask for the verdict alone, without reasons, and go by its probability: fast, and for "
              + "small models often better. Both orders are averaged.")
  private boolean verdictOnly;

  @Option(
      names = "--votes",
      paramLabel = "N",
      converter = Count.class,
      description =
          "Judgments to draw in each order; the majority decides. Default: 1, greedy. Without "
              + "effect on --verdict-only, which draws none.")
  private int votes = 1;

  @Option(
      names = "--vote-ties",
      paramLabel = "POLICY",
      description =
          "What becomes of a vote in which several verdicts lead alike: ${COMPLETION-CANDIDATES}; "
              + "no verdict, equally good, or what the first of the leading judgments says. "
              + "Default: ${DEFAULT-VALUE}.")
  private VoteTies voteTies = VoteTies.UNDECIDED;

  private enum VoteTies {
    UNDECIDED(TiePolicy.UNDECIDED),
    TIE(TiePolicy.TIE),
    FIRST(TiePolicy.FIRST);

    private final TiePolicy policy;

    VoteTies(TiePolicy policy) {
      this.policy = policy;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--plan",
      description =
          "Have the model write down what a good answer has to do before it sees the answers, and "
              + "judge by that.")
  private boolean plan;

  /**
   * Checks that the options go together.
   *
   * @throws ParameterException if they don't
   */
  void check() {
    if (plan && verdictOnly) {
      throw new ParameterException(
          command.commandLine(), "--plan has reasons written, --verdict-only none: choose one");
    }
    if (voteTies != VoteTies.UNDECIDED && (votes == 1 || verdictOnly)) {
      throw new ParameterException(
          command.commandLine(),
          "--vote-ties needs votes: add --votes of 2 or more"
              + (verdictOnly ? " and leave out --verdict-only" : ""));
    }
  }

  /** Returns whether judgments say how likely their verdict is. */
  boolean tellsProbabilities() {
    return verdictOnly || votes > 1;
  }

  /** Returns the model that judges; to be closed before {@code base}. */
  LanguageModel judgeModel(AdaptableModel base) {
    return adapter == null ? base : base.withAdapter(new Adapter(adapter));
  }

  /** Returns the judge in both orders. */
  Judge inBothOrders(LanguageModel model, ModelInfo info) {
    Judge once = inOneOrder(model, info);
    return verdictOnly ? Judges.averagedOrders(once) : Judges.bothOrders(once);
  }

  /** Returns the judge in one order, which reasons once, or votes, or gives the verdict alone. */
  Judge inOneOrder(LanguageModel model, ModelInfo info) {
    if (verdictOnly) {
      return Judges.verdictOnly(model);
    }
    GenerationConfig drawing = sampling.drawing(votes);
    if (plan) {
      return isSmall(info)
          ? planned(model, PlanPrompt.compact(), JudgePrompt.compactPlanned(), drawing)
          : planned(model, PlanPrompt.standard(), JudgePrompt.planned(), drawing);
    }
    return votes == 1
        ? Judges.prompted(model, prompt(info), drawing)
        : Judges.vote(model, prompt(info), drawing, voteTies.policy);
  }

  private Judge planned(
      LanguageModel model, PlanPrompt plan, JudgePrompt prompt, GenerationConfig drawing) {
    return Judges.planned(model, plan, prompt, drawing, voteTies.policy);
  }

  /** Returns the prompt that suits a model; trained and asked with the same one. */
  static JudgePrompt prompt(ModelInfo info) {
    return isSmall(info) ? JudgePrompt.compact() : JudgePrompt.standard();
  }

  private static boolean isSmall(ModelInfo info) {
    return info.parameters() < SMALL_MODEL_PARAMETERS;
  }
}
