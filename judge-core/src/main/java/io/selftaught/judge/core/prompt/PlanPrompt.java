package io.selftaught.judge.core.prompt;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.LanguageModel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a model is asked for a plan of evaluation, before it sees any answer. Immutable. */
public final class PlanPrompt {

  private static final Set<String> PLACEHOLDERS = Set.of("prompt", "fence");

  private final String name;
  private final Template user;
  private final String begin;

  private PlanPrompt(String name, Template user, String begin) {
    this.name = requireNonNull(name, "name");
    this.user = user;
    this.begin = requireNonNull(begin, "begin");
  }

  /** Returns the prompt for three to six steps that fit the instruction at hand. */
  public static PlanPrompt standard() {
    return of("standard", PromptTexts.PLAN_USER);
  }

  /**
   * Returns the prompt for models below some two billion parameters: a checklist, which is begun
   * for them. Asked for a plan, Qwen2.5-Coder-1.5B asks for the answers, or answers itself.
   */
  public static PlanPrompt compact() {
    return of("compact", PromptTexts.COMPACT_PLAN_USER).begin(PromptTexts.LIST_BEGIN);
  }

  /**
   * Returns an own prompt.
   *
   * @param name names it in manifests and messages
   * @param user the message that asks, with the placeholders {@code {prompt}} and, where wanted,
   *     {@code {fence}}
   * @throws IllegalArgumentException if {@code user} lacks the first one or has another
   */
  public static PlanPrompt of(String name, String user) {
    Template template = Template.of(user);
    if (!template.names().contains("prompt") || !PLACEHOLDERS.containsAll(template.names())) {
      throw new IllegalArgumentException(
          "user must have the placeholder {prompt} and may have {fence}, has " + template.names());
    }
    return new PlanPrompt(name, template, "");
  }

  /** Returns this prompt with words that every plan begins with: put into the model's mouth. */
  public PlanPrompt begin(String begin) {
    return new PlanPrompt(name, user, begin);
  }

  /** Returns the conversation that asks for a plan for judging answers to {@code prompt}. */
  public List<ChatMessage> render(String prompt) {
    Map<String, String> values = new HashMap<>();
    values.put("prompt", prompt);
    values.put("fence", Fence.around(Comparison.of(prompt, "", "")));
    values.keySet().retainAll(user.names());
    return List.of(ChatMessage.user(user.fill(values)));
  }

  /**
   * Has a model write a plan for judging answers to {@code prompt}; the text has its beginning too.
   *
   * @throws io.selftaught.judge.JudgeException if the model fails
   */
  public Generation ask(LanguageModel model, String prompt, GenerationConfig config) {
    return Begun.generate(model, render(prompt), begin, config).get(0);
  }

  /** Returns the plan in a reply: its text without drafts; blank if the model wrote none. */
  public String read(String reply) {
    Draft draft = Draft.strip(reply);
    String plan = draft.rest().strip();
    return draft.open() || plan.equals(begin) ? "" : plan;
  }

  @Override
  public String toString() {
    return name
        + "@"
        + Hashing.sha256()
            .hashString(user + begin, StandardCharsets.UTF_8)
            .toString()
            .substring(0, 12);
  }
}
