package io.selftaught.judge.core.annotate;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Annotation;
import io.selftaught.judge.Annotation.Example;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.JudgmentAnnotator;
import io.selftaught.judge.LabeledPair;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Trace;
import io.selftaught.judge.TrainingExample;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.core.data.Seeds;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.prompt.PromptedModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Samples judgments of a pair in both orders and learns from those that prefer the chosen answer
 * (Wang et al. 2024). Safe for use by several threads.
 *
 * <p>Each order is one call of the model. What is learnt is the very conversation that the judge
 * saw and the very text it wrote, so the trained judge is asked and writes in the same form. A
 * judgment that no verdict can be read of is no evidence; where the prompt {@linkplain
 * JudgePrompt#forcedVerdict forces} a verdict, the forced line is part of what is learnt. A call
 * that fails leaves {@link Verdict.Cause#FAILED} traces.
 */
public final class RejectionSampling implements JudgmentAnnotator {

  private static final Verdict RIGHT = Verdict.decided(Preference.A);

  private final JudgePrompt prompt;
  private final GenerationConfig generation;
  private final int keep;
  private final Choice choice;

  private RejectionSampling(Builder builder) {
    prompt = builder.prompt;
    generation = builder.generation;
    keep = builder.keep;
    choice = builder.choice;
  }

  /**
   * Returns a builder of an annotator that asks with this prompt: by default for 15 samples per
   * order at temperature 0.7 and top-p 0.9, of which one random survivor per order is kept.
   */
  public static Builder builder(JudgePrompt prompt) {
    return new Builder(requireNonNull(prompt, "prompt"));
  }

  @Override
  public Annotation annotate(LabeledPair pair, LanguageModel judge, long seed) {
    PromptedModel asked = new PromptedModel(judge, prompt);
    List<Trace> traces = new ArrayList<>();
    List<Example> examples = new ArrayList<>();
    for (Order order : Order.values()) {
      List<Trace> sampled = sample(asked, pair, order, Seeds.of(seed, "sample", order.name()));
      traces.addAll(sampled);
      for (String text : survivors(sampled, Seeds.of(seed, "survivor", order.name()))) {
        String id = pair.id() + "-" + order + "-" + (examples.size() + 1);
        examples.add(
            new Example(
                order, new TrainingExample(id, prompt.render(pair.comparison(order)), text)));
      }
    }
    return new Annotation(pair.id(), traces, examples);
  }

  private List<Trace> sample(PromptedModel asked, LabeledPair pair, Order order, long seed) {
    return asked.judge(pair.comparison(order), generation.toBuilder().seed(seed).build()).stream()
        .map(t -> order == Order.AB ? t : t.swapped())
        .toList();
  }

  private List<String> survivors(List<Trace> traces, long seed) {
    List<String> agreeing =
        new ArrayList<>(
            traces.stream().filter(t -> t.verdict().equals(RIGHT)).map(Trace::text).toList());
    Collections.shuffle(agreeing, new Random(seed));
    if (choice == Choice.SHORTEST) {
      agreeing.sort(Comparator.comparingInt(String::length));
    }
    return agreeing.subList(0, Math.min(keep, agreeing.size()));
  }

  @Override
  public String toString() {
    return "rejection sampling(%s, %s, keep=%d, choice=%s)"
        .formatted(prompt, generation, keep, choice);
  }

  /** Which of the judgments that agree are kept. */
  public enum Choice {
    /** Any of them. */
    RANDOM,
    /** The one with the fewest characters: judgments grow longer from round to round otherwise. */
    SHORTEST
  }

  /** Collects settings; not safe for use by several threads. */
  public static final class Builder {
    private final JudgePrompt prompt;
    private GenerationConfig generation =
        GenerationConfig.builder().samples(15).temperature(0.7).topP(0.9).maxTokens(1024).build();
    private int keep = 1;
    private Choice choice = Choice.RANDOM;

    private Builder(JudgePrompt prompt) {
      this.prompt = prompt;
    }

    /** Sets the number of judgments that are sampled per order, ≥ 1. */
    public Builder samples(int samples) {
      generation = generation.toBuilder().samples(samples).build();
      return this;
    }

    /** Sets how judgments are sampled, and how many per order; its seed is not used. */
    public Builder generation(GenerationConfig generation) {
      this.generation = requireNonNull(generation, "generation");
      return this;
    }

    /**
     * Sets the most judgments that are kept of a pair in an order.
     *
     * @throws IllegalArgumentException if below 1
     */
    public Builder keep(int keep) {
      if (keep < 1) {
        throw new IllegalArgumentException("keep must be at least 1, was " + keep);
      }
      this.keep = keep;
      return this;
    }

    /** Sets which of the judgments that agree are kept. */
    public Builder choice(Choice choice) {
      this.choice = requireNonNull(choice, "choice");
      return this;
    }

    /** Returns the annotator. */
    public RejectionSampling build() {
      return new RejectionSampling(this);
    }
  }
}
