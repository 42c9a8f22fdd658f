package io.selftaught.judge.core.pairs;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Generation.FinishReason;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Outcome;
import io.selftaught.judge.core.data.Seeds;
import io.selftaught.judge.core.prompt.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Has a model write x': an instruction that is related to x, and that asks for something else.
 *
 * <p>Three worked examples and the beginning of the reply keep small models from answering x
 * instead. A reply that cannot be used is asked for again, with another seed.
 */
final class InstructionRewriter {

  private static final String RULES =
      """
      You write instructions for a language model. You are shown an instruction and write another \
      one: of the same kind and on a related subject, but asking for something different, so that \
      a perfect reply to yours is a wrong reply to the one shown. Never reply to an instruction.""";

  static final String INSTRUCTION = "instruction";

  private static final String BEGINNING = "Other instruction:";

  /** From different fields: a model whose last example is code writes of code whatever is asked. */
  private static final List<ChatMessage> EXAMPLES =
      List.of(
          ask("Write a function that returns the largest number of a list.\n\nLanguage: Java"),
          reply(
              "Write a function that returns the position of the first even number of a list."
                  + "\n\nLanguage: Java"),
          ask("Explain why the sky is blue to a child of six."),
          reply("Explain why the sky turns red in the evening to a child of six."),
          ask("Suggest three names for a bakery.\n\nStreet: Harbour Lane"),
          reply("Write a slogan for the opening of a bakery.\n\nStreet: Harbour Lane"));

  private static final Pattern LABEL =
      Pattern.compile("(?i)^\\W*(?:(?:the )?(?:other|new|modified) )?instruction\\W*:[*_\\s]*");
  private static final Pattern PREAMBLE =
      Pattern.compile(
          "(?i)^(?:sure|certainly|of course|okay|here(?: is|'s|’s))\\b[^\\n]*:\\s*\\n+");

  private final LanguageModel model;
  private final int attempts;
  private final Optional<Template> prompt;
  private final GenerationConfig generation =
      GenerationConfig.builder()
          .temperature(0.7)
          .topP(0.9)
          .maxTokens(512)
          .stop("\nAnswer:", "\nResponse:", "\nInstruction:", "\n" + BEGINNING)
          .build();

  InstructionRewriter(LanguageModel model, int attempts, Optional<Template> prompt) {
    this.model = model;
    this.prompt = prompt;
    this.attempts = attempts;
  }

  /** Returns x', or why the last attempt at it failed. */
  Outcome<String> rewrite(String x, long seed) {
    Outcome<String> outcome = attempt(x, Seeds.of(seed, "rewrite", "1"));
    for (int i = 2; i <= attempts && outcome.value().isEmpty(); i++) {
      outcome = attempt(x, Seeds.of(seed, "rewrite", Integer.toString(i)));
    }
    return outcome;
  }

  private Outcome<String> attempt(String x, long seed) {
    GenerationConfig config = generation.toBuilder().seed(seed).build();
    Generation reply = model.generate(messages(x), config).get(0);
    String modified = clean(reply.text());
    if (Refusal.in(reply)) {
      return Outcome.dropped(ModifiedInstructionPairs.REFUSED, reply.text());
    } else if (modified.isBlank() || reply.finishReason() == FinishReason.LENGTH) {
      return Outcome.dropped(ModifiedInstructionPairs.NO_MODIFIED_INSTRUCTION, reply.text());
    } else if (oneHoldsTheOther(modified, x)) {
      return Outcome.dropped(ModifiedInstructionPairs.SAME_INSTRUCTION, modified);
    } else if (EXAMPLES.stream().anyMatch(turn -> turn.content().contains(modified))) {
      return Outcome.dropped(ModifiedInstructionPairs.COPIED_EXAMPLE, modified);
    }
    return Outcome.kept(modified);
  }

  private List<ChatMessage> messages(String x) {
    return prompt
        .map(own -> List.of(ChatMessage.user(own.fill(Map.of(INSTRUCTION, x)))))
        .orElseGet(() -> standard(x));
  }

  private static List<ChatMessage> standard(String x) {
    List<ChatMessage> messages = new ArrayList<>();
    messages.add(ChatMessage.system(RULES));
    messages.addAll(EXAMPLES);
    messages.add(ask(x));
    messages.add(ChatMessage.assistant(BEGINNING));
    return messages;
  }

  /** Returns the instruction without the polite words, the label and the quotes around it. */
  static String clean(String reply) {
    String text = PREAMBLE.matcher(reply.strip()).replaceFirst("");
    text = LABEL.matcher(text).replaceFirst("").strip();
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1).strip() : text;
  }

  /**
   * Returns whether one instruction is the other with something left out or added: an answer to it
   * may well be a good answer to both, which would turn the label around.
   */
  static boolean oneHoldsTheOther(String one, String other) {
    String x = normalised(one);
    String y = normalised(other);
    return x.contains(y) || y.contains(x);
  }

  /**
   * Returns whether two texts differ in case, spaces and punctuation at most. Signs that reckon are
   * not punctuation: 2 + 3 is not 2 - 3.
   */
  static boolean sameText(String one, String other) {
    return normalised(one).equals(normalised(other));
  }

  private static String normalised(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[\\s\\p{P}&&[^-*/%]]+", " ").strip();
  }

  private static ChatMessage ask(String instruction) {
    return ChatMessage.user(
        "Instruction:\n" + instruction + "\n\nWrite another one on the same subject.");
  }

  private static ChatMessage reply(String instruction) {
    return ChatMessage.assistant(BEGINNING + "\n" + instruction);
  }

  @Override
  public String toString() {
    return "attempts=" + attempts + prompt.map(text -> ", prompt=" + text).orElse("");
  }
}
