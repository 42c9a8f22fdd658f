package io.selftaught.judge.core;

import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Judge;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Order;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.calibrate.Calibration;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.prompt.Majority;
import io.selftaught.judge.core.prompt.PlanPrompt;
import io.selftaught.judge.core.prompt.PromptedModel;
import io.selftaught.judge.core.prompt.VerdictParser;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes judges: out of language models, and out of other judges.
 *
 * <p>Judges nest as an expression. The usual one for a small model, which reasons, votes and is
 * asked in both orders:
 *
 * <pre>{@code
 * Judge judge = Judges.bothOrders(Judges.vote(model, JudgePrompt.compact(), sampling.samples(5)));
 * }</pre>
 *
 * <p>The fastest one, and for models below a billion parameters often the best:
 *
 * <pre>{@code
 * Judge judge = Judges.averagedOrders(Judges.verdictOnly(model));
 * }</pre>
 *
 * <p>The string form of a judge from here names all its settings, for manifests. Closing a judge
 * made out of a judge closes that one; a model is never closed.
 */
public final class Judges {

  private static final int MAX_TOKENS = 1024;

  private Judges() {}

  /**
   * Returns a judge that asks the model at a location in both orders, greedily, with the standard
   * prompt and a forced verdict where it gives none. Closing the judge closes the model.
   *
   * @param location a URL with a model, a file or a directory: see {@link Models#load}
   * @throws InvalidInputException if there is no model that can be used
   */
  public static Judge load(String location) {
    LanguageModel model = Models.load(location);
    JudgePrompt prompt =
        JudgePrompt.standard().toBuilder()
            .parser(VerdictParser.lenient())
            .forcedVerdict(true)
            .build();
    return new OwningJudge(
        bothOrders(prompted(model, prompt, GenerationConfig.greedy(MAX_TOKENS))), model);
  }

  /** Returns a judge that asks the model once, with the standard prompt, greedily. */
  public static Judge prompted(LanguageModel model) {
    return prompted(model, JudgePrompt.standard(), GenerationConfig.greedy(MAX_TOKENS));
  }

  /**
   * Returns a judge that asks the model once, a shown first.
   *
   * <p>What the model could not do becomes an undecided verdict; of its exceptions only those that
   * report a wrong call are thrown.
   *
   * @throws IllegalArgumentException if {@code config} asks for several samples
   */
  public static Judge prompted(LanguageModel model, JudgePrompt prompt, GenerationConfig config) {
    if (config.samples() != 1) {
      throw new IllegalArgumentException(
          "config.samples must be 1, was " + config.samples() + "; use vote");
    }
    return new VotingJudge(new PromptedModel(model, prompt), config, TiePolicy.UNDECIDED);
  }

  /**
   * Returns a judge that draws several judgments, a shown first, and goes with the {@link
   * Majority}.
   *
   * @param config says how many, in {@link GenerationConfig#samples}, and how freely
   * @throws IllegalArgumentException if several samples are wanted at temperature 0, where all are
   *     the same
   */
  public static Judge vote(LanguageModel model, JudgePrompt prompt, GenerationConfig config) {
    return vote(model, prompt, config, TiePolicy.UNDECIDED);
  }

  /**
   * Returns a judge that votes as {@link #vote(LanguageModel, JudgePrompt, GenerationConfig)} does.
   *
   * <p>Its probabilities are the shares of the votes, so that an even vote is as unsure as before
   * whatever the policy makes of it, and {@link #abstaining} still takes it back.
   *
   * @param policy what becomes of a vote in which several preferences lead alike
   */
  public static Judge vote(
      LanguageModel model, JudgePrompt prompt, GenerationConfig config, TiePolicy policy) {
    return new VotingJudge(new PromptedModel(model, prompt), votes(config), policy);
  }

  private static GenerationConfig votes(GenerationConfig config) {
    if (config.samples() > 1 && config.temperature() == 0) {
      throw new IllegalArgumentException(
          "config.temperature must be above 0 for " + config.samples() + " votes, was 0");
    }
    return config;
  }

  /**
   * Returns a judge that asks for the verdict alone and tells how likely the model holds each
   * preference; see {@link #verdictOnly(LanguageModel, JudgePrompt)}.
   *
   * <pre>{@code
   * Judge judge = Judges.averagedOrders(Judges.verdictOnly(model));
   * }</pre>
   */
  public static Judge verdictOnly(LanguageModel model) {
    return verdictOnly(model, JudgePrompt.verdictOnly());
  }

  /**
   * Returns a judge that has the model continue with the verdict at once, a shown first, and goes
   * with the likeliest one: a fraction of the cost of a judgment with reasons, and for models too
   * small to reason often the better judge.
   *
   * <p>The model must keep to {@link GenerationConfig#choices}. If it does not tell their
   * log-probabilities, the verdict is the word it wrote and there are no probabilities.
   */
  public static Judge verdictOnly(LanguageModel model, JudgePrompt prompt) {
    return new VerdictOnlyJudge(new PromptedModel(model, prompt));
  }

  /** Returns a judge that shows the answers in the given order. */
  public static Judge inOrder(Judge judge, Order order) {
    return new OrderedJudge(judge, "inOrder(" + judge + ", " + order + ")", c -> order);
  }

  /**
   * Returns a judge that shows the answers in one order that is random, but always the same for the
   * same seed and comparison.
   */
  public static Judge inRandomOrder(Judge judge, long seed) {
    return new OrderedJudge(
        judge, "inRandomOrder(" + judge + ", seed=" + seed + ")", OrderedJudge.random(seed));
  }

  /**
   * Returns a judge that asks in both orders, one after the other, and keeps what they agree on.
   *
   * <p>If one order is undecided, so is the judgment, for the same reason; if both are, for the
   * reason that comes later in {@link Cause}. If both are decided and differ, also if only one of
   * them is a tie, it is {@link Cause#INCONSISTENT}. The traces of both are kept.
   */
  public static Judge bothOrders(Judge judge) {
    return bothOrders(judge, WeakPolicy.UNDECIDED);
  }

  /**
   * Returns a judge that asks in both orders, as {@link #bothOrders(Judge)} does.
   *
   * @param policy what becomes of a preference in one order and a tie in the other
   */
  public static Judge bothOrders(Judge judge, WeakPolicy policy) {
    return new BothOrdersJudge(judge, policy);
  }

  /**
   * Returns a judge that asks in both orders, one after the other, and goes with what is likeliest
   * by the {@linkplain io.selftaught.judge.Probabilities#averagedWith mean} of both: what the judge
   * gives to the first or second place cancels out.
   *
   * <p>If an order is undecided for another reason than that preferences are equally likely, or
   * gives no probabilities, it is as with {@link #bothOrders}. The traces of both are kept.
   *
   * @param judge one that tells probabilities, such as {@link #verdictOnly} or {@link #vote}
   */
  public static Judge averagedOrders(Judge judge) {
    return new AveragedOrdersJudge(judge);
  }

  /**
   * Returns a judge that decides only if it holds its preference likely enough. Otherwise, or if it
   * does not say how likely, it is {@link Cause#UNSURE}.
   *
   * @param threshold the least probability of a preference that stands, 0 to 1
   * @throws IllegalArgumentException if {@code threshold} is out of range
   */
  public static Judge abstaining(Judge judge, double threshold) {
    return new AbstainingJudge(judge, threshold);
  }

  /**
   * Returns a judge that is shown no answer longer than the limit. Without it there is none: what
   * the model's context doesn't hold fails. Outermost it names the answers by the caller's letters.
   *
   * <pre>{@code
   * Judge judge = Judges.limited(Judges.bothOrders(once), AnswerLimit.truncating(20_000));
   * }</pre>
   */
  public static Judge limited(Judge judge, AnswerLimit limit) {
    return new LimitedJudge(judge, limit);
  }

  /**
   * Returns a judge that first writes down, from the instruction alone, what a good answer has to
   * do, and then judges by that plan, greedily, with the prompts made for it; see {@link
   * #planned(LanguageModel, PlanPrompt, JudgePrompt, GenerationConfig)}.
   *
   * <pre>{@code
   * Judge judge = Judges.bothOrders(Judges.planned(model));
   * }</pre>
   */
  public static Judge planned(LanguageModel model) {
    return planned(
        model, PlanPrompt.standard(), JudgePrompt.planned(), GenerationConfig.greedy(MAX_TOKENS));
  }

  /**
   * Returns a judge that plans before it sees the answers (Saha et al., "Learning to Plan and
   * Reason for Evaluation", 2025): the plan is a call of its own, made from the instruction alone,
   * greedy and without influence of the answers, their order or the seed. One plan serves all
   * samples and both orders, as well as later comparisons of the same prompt; the latest 1,000 are
   * remembered. It stands in the {@linkplain io.selftaught.judge.Trace#plan traces}; its tokens
   * count with the first of those it was made for.
   *
   * <p>Without a plan nothing is judged: the judgment is undecided because the call {@linkplain
   * Cause#FAILED failed}, was {@linkplain Cause#REFUSED refused}, {@linkplain Cause#TRUNCATED did
   * not end} or {@linkplain Cause#UNPARSABLE wrote nothing}, and the next comparison plans anew.
   *
   * @param prompt one with the placeholder {@code {plan}}
   * @param config how the plan is carried out; the majority of its samples decides
   * @throws IllegalArgumentException if {@code prompt} has no place for a plan, or several samples
   *     are wanted at temperature 0
   */
  public static Judge planned(
      LanguageModel model, PlanPrompt plan, JudgePrompt prompt, GenerationConfig config) {
    return planned(model, plan, prompt, config, TiePolicy.UNDECIDED);
  }

  /**
   * Returns a judge that plans as {@link #planned(LanguageModel, PlanPrompt, JudgePrompt,
   * GenerationConfig)} does, and then votes.
   *
   * @param policy what becomes of a vote in which several preferences lead alike
   */
  public static Judge planned(
      LanguageModel model,
      PlanPrompt plan,
      JudgePrompt prompt,
      GenerationConfig config,
      TiePolicy policy) {
    return new PlannedJudge(new Planner(model, plan), prompt, votes(config), policy);
  }

  /**
   * Returns a judge whose probabilities are corrected. Verdicts stay as they are, and so do the
   * probabilities in traces: a calibration says how sure a judge may be, not of what.
   */
  public static Judge calibrated(Judge judge, Calibration calibration) {
    return new CalibratedJudge(judge, calibration);
  }

  /**
   * Returns a judge that asks all of these, one after the other, and goes with the {@link
   * Majority}.
   *
   * <p>Undecided judges count for nobody. The traces of all are kept, in their order. Probabilities
   * are the mean of those of the decided judges, if each of them tells some; otherwise they are the
   * {@linkplain Majority#shares shares} of the votes, and nothing for a jury of one.
   *
   * @param policy what becomes of a vote in which several preferences lead alike
   * @throws IllegalArgumentException if there is no judge
   */
  public static Judge jury(TiePolicy policy, Judge... judges) {
    return new JuryJudge(policy, List.of(judges));
  }

  /**
   * Returns a model that asks {@code model} only for what it was not asked before, now or in an
   * earlier run.
   *
   * <pre>{@code
   * try (LanguageModel cached = Judges.caching(model, Path.of("answers.jsonl"))) {
   *   Judge judge = Judges.prompted(cached);
   * }
   * }</pre>
   *
   * <p>An answer is known again by all that it depends on: the name of the model, the messages as
   * the prompt made them, and every value of the {@link GenerationConfig}. Failures are not kept.
   * Because it is the model's own text that is, a better parser reads it anew without asking. A
   * known answer has the usage of its first asking.
   *
   * <p>All answers are held in memory. Closing closes the file, not the model.
   *
   * @param file a file of JSON Lines that only grows; made if it is missing, and used by one such
   *     model at a time
   * @throws InvalidInputException if the file cannot be read or written
   */
  public static LanguageModel caching(LanguageModel model, Path file) {
    return CachingModel.inFile(model, file);
  }

  /**
   * Returns a model that remembers its latest answers, and asks {@code model} only for others. It
   * knows them again as {@link #caching(LanguageModel, Path)} does, but forgets all when it is
   * closed, which leaves the model open.
   *
   * @param entries the most answers that are kept, 1 or more; beyond that the one goes that was not
   *     wanted for longest
   * @throws IllegalArgumentException if {@code entries} is below 1
   */
  public static LanguageModel caching(LanguageModel model, int entries) {
    return CachingModel.inMemory(model, entries);
  }
}
