package io.selftaught.judge.core.pairs;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Generation.FinishReason;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Instruction;
import io.selftaught.judge.LabeledInstruction;
import io.selftaught.judge.LabeledPair;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Outcome;
import io.selftaught.judge.PairGenerator;
import io.selftaught.judge.core.data.Seeds;
import io.selftaught.judge.core.prompt.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes pairs by answering another question (Wang et al. 2024): the chosen answer replies to the
 * instruction x; the rejected one is a good answer too, but to an instruction x' that is related to
 * x and not the same, so it is a poor answer to x. Safe for use by several threads.
 *
 * <p>Each text is asked for on its own (answer x, write x', answer x'), where the authors ask for
 * x' and its answer at once: small models mix the two up. What cannot be used drops the instruction
 * with its reason; no other text ever stands in for it.
 */
public final class ModifiedInstructionPairs implements PairGenerator {

  /** The reason where the model wrote no instruction. */
  public static final String NO_MODIFIED_INSTRUCTION = "no modified instruction";

  /** The reason where the model repeated the instruction, or took from it or added to it only. */
  public static final String SAME_INSTRUCTION = "same instruction";

  /** The reason where the model repeated one of the worked examples that it was shown. */
  public static final String COPIED_EXAMPLE = "copied example";

  /** The reason where an answer is blank. */
  public static final String EMPTY_ANSWER = "empty answer";

  /** The reason where both answers say the same. */
  public static final String EQUAL_ANSWERS = "equal answers";

  /** The reason where an answer ended at the token limit. */
  public static final String CUT_ANSWER = "answer cut at the token limit";

  /** The reason where the model declined to answer. */
  public static final String REFUSED = "refused";

  private final LanguageModel model;
  private final GenerationConfig answers;
  private final InstructionRewriter rewriter;
  private final boolean keepCutAnswers;

  private ModifiedInstructionPairs(Builder builder) {
    model = builder.model;
    answers = builder.answers;
    rewriter = new InstructionRewriter(model, builder.attempts, builder.prompt);
    keepCutAnswers = builder.keepCutAnswers;
  }

  /** Returns a builder of a generator whose texts are all written by this model. */
  public static Builder builder(LanguageModel model) {
    return new Builder(requireNonNull(model, "model"));
  }

  @Override
  public Outcome<LabeledPair> generate(LabeledInstruction labeled, long seed) {
    Instruction x = labeled.instruction();
    return then(rewriter.rewrite(x.text(), seed), modified -> answerBoth(x, modified, seed));
  }

  private Outcome<LabeledPair> answerBoth(Instruction x, String modified, long seed) {
    return then(
        answer(x.text(), Seeds.of(seed, "chosen")),
        chosen ->
            then(
                answer(modified, Seeds.of(seed, "rejected")),
                rejected -> pair(x, modified, chosen, rejected, seed)));
  }

  private Outcome<LabeledPair> pair(
      Instruction x, String modified, String chosen, String rejected, long seed) {
    if (InstructionRewriter.sameText(chosen, rejected)) {
      return Outcome.dropped(EQUAL_ANSWERS, chosen);
    }
    Map<String, String> provenance =
        Map.of(
            "method",
            "modified instruction",
            "modifiedInstruction",
            modified,
            "model",
            model.name(),
            "seed",
            Long.toString(seed));
    return Outcome.kept(new LabeledPair(x.id(), x, chosen, rejected, provenance));
  }

  private Outcome<String> answer(String instruction, long seed) {
    GenerationConfig config = answers.toBuilder().samples(1).seed(seed).build();
    Generation answer = model.generate(List.of(ChatMessage.user(instruction)), config).get(0);
    if (Refusal.in(answer)) {
      return Outcome.dropped(REFUSED, answer.text());
    } else if (answer.text().isBlank()) {
      return Outcome.dropped(EMPTY_ANSWER, "");
    } else if (answer.finishReason() == FinishReason.LENGTH && !keepCutAnswers) {
      return Outcome.dropped(CUT_ANSWER, answer.text());
    }
    return Outcome.kept(answer.text().strip());
  }

  private static <T, R> Outcome<R> then(Outcome<T> first, Function<T, Outcome<R>> next) {
    return first.fold(next, dropped -> Outcome.dropped(dropped.reason(), dropped.detail()));
  }

  @Override
  public String toString() {
    return "modified instructions(%s, %s, %s, keepCutAnswers=%s)"
        .formatted(model.name(), answers, rewriter, keepCutAnswers);
  }

  /** Collects settings; not safe for use by several threads. */
  public static final class Builder {
    private final LanguageModel model;
    private GenerationConfig answers =
        GenerationConfig.builder().temperature(0.7).topP(0.9).maxTokens(512).build();
    private int attempts = 3;
    private Optional<Template> prompt = Optional.empty();
    private boolean keepCutAnswers;

    private Builder(LanguageModel model) {
      this.model = model;
    }

    /** Sets how answers are sampled; its seed and number of samples are not used. */
    public Builder answers(GenerationConfig answers) {
      this.answers = requireNonNull(answers, "answers");
      return this;
    }

    /** Sets how often the model may try to write another instruction, ≥ 1. */
    public Builder attempts(int attempts) {
      if (attempts < 1) {
        throw new IllegalArgumentException("attempts must be at least 1, was " + attempts);
      }
      this.attempts = attempts;
      return this;
    }

    /**
     * Keeps answers that end at the token limit. They are dropped otherwise: that an answer is cut
     * would tell the judge which one it is.
     */
    public Builder keepCutAnswers(boolean keepCutAnswers) {
      this.keepCutAnswers = keepCutAnswers;
      return this;
    }

    /**
     * Sets a prompt of your own that asks for the other instruction, for a model that needs no
     * rules and examples. The reply must be that instruction and nothing else.
     *
     * @param prompt the user message, with the placeholder {@code {instruction}}
     * @throws IllegalArgumentException if it has other placeholders than this one
     */
    public Builder prompt(String prompt) {
      this.prompt = Optional.of(Template.of(prompt).requireNames(InstructionRewriter.INSTRUCTION));
      return this;
    }

    /** Returns the generator. */
    public ModifiedInstructionPairs build() {
      return new ModifiedInstructionPairs(this);
    }
  }
}
