package io.selftaught.judge.core.prompt;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.JudgeException;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Order;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A model with the prompt that makes it judge: the one place where a model is asked for verdicts.
 * As thread-safe as the model, which it does not own.
 *
 * @param model who is asked
 * @param prompt how it is asked
 */
public record PromptedModel(LanguageModel model, JudgePrompt prompt) {

  /** A verdict is a few characters; some tokenizers spend a token on each. */
  private static final int VERDICT_TOKENS = 8;

  public PromptedModel {
    requireNonNull(model, "model");
    requireNonNull(prompt, "prompt");
  }

  /**
   * Returns {@link GenerationConfig#samples} judgments of a comparison, in the order and letters in
   * which it is given.
   *
   * <p>A {@link JudgeException} of the model is not thrown: all samples are then {@link
   * Cause#FAILED}. Where the prompt asks for it, a sample without a readable verdict is continued,
   * greedily, up to one; its text is then both parts. If that fails, the first reading stands.
   */
  public List<Trace> judge(Comparison shown, GenerationConfig config) {
    List<ChatMessage> messages = prompt.render(shown);
    List<Generation> replies;
    try {
      replies = Begun.generate(model, messages, prompt.begin(), config);
    } catch (JudgeException e) {
      return Collections.nCopies(config.samples(), failed(e));
    }
    List<Trace> traces = new ArrayList<>();
    for (Generation reply : replies) {
      traces.add(read(messages, reply, shown));
    }
    return List.copyOf(traces);
  }

  /**
   * Returns the verdict that the model gives at once, without reasons, and how likely it holds each
   * one, in the order and letters in which the comparison is given.
   *
   * <p>One call. The verdict is the likeliest preference, {@link Cause#INCONSISTENT} if two are
   * equally likely. A model that tells no probabilities of its choices has its word taken.
   */
  public Trace decide(Comparison shown) {
    GenerationConfig choice = verdictChoice().logProbabilities(true).build();
    Generation reply;
    try {
      reply = Begun.generate(model, prompt.render(shown), prompt.upToVerdict(""), choice).get(0);
    } catch (JudgeException e) {
      return failed(e);
    }
    Verdict word = prompt.parse(reply, shown);
    Optional<Probabilities> probabilities = VerdictTokens.read(reply.tokens(), prompt.ties());
    if (word.preference().isEmpty() || probabilities.isEmpty()) {
      return new Trace(Order.AB, reply.text(), word, reply.usage());
    }
    Verdict likeliest =
        probabilities
            .get()
            .likeliest()
            .map(Verdict::decided)
            .orElse(Verdict.undecided(Cause.INCONSISTENT));
    return new Trace(Order.AB, reply.text(), likeliest, reply.usage(), probabilities);
  }

  private GenerationConfig.Builder verdictChoice() {
    return GenerationConfig.builder()
        .maxTokens(VERDICT_TOKENS)
        .choices(prompt.verdictChoices().toArray(String[]::new));
  }

  private Trace read(List<ChatMessage> messages, Generation reply, Comparison shown) {
    Verdict verdict = prompt.parse(reply, shown);
    Trace first = new Trace(Order.AB, reply.text(), verdict, reply.usage());
    boolean unread =
        verdict.cause().filter(c -> c == Cause.UNPARSABLE || c == Cause.TRUNCATED).isPresent();
    return unread && prompt.forcedVerdict() ? force(messages, first, shown) : first;
  }

  private Trace force(List<ChatMessage> messages, Trace first, Comparison shown) {
    String begun = prompt.upToVerdict(first.text());
    try {
      Generation forced = Begun.generate(model, messages, begun, verdictChoice().build()).get(0);
      Generation whole = Generation.of(forced.text());
      return new Trace(
          Order.AB, whole.text(), prompt.parse(whole, shown), first.usage().plus(forced.usage()));
    } catch (JudgeException e) {
      return first;
    }
  }

  private static Trace failed(JudgeException e) {
    return new Trace(
        Order.AB, String.valueOf(e.getMessage()), Verdict.undecided(Cause.FAILED), Usage.UNKNOWN);
  }

  @Override
  public String toString() {
    return model.name() + ", " + prompt;
  }
}
