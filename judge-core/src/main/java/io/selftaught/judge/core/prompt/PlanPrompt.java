package io.selftaught.judge.core.prompt;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
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

  private PlanPrompt(String name, Template user) {
    this.name = requireNonNull(name, "name");
    this.user = user;
  }

  /** Returns the prompt for three to six steps that fit the instruction at hand. */
  public static PlanPrompt standard() {
    return of("standard", PromptTexts.PLAN_USER);
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
    return new PlanPrompt(name, template);
  }

  /** Returns the conversation that asks for a plan for judging answers to {@code prompt}. */
  public List<ChatMessage> render(String prompt) {
    Map<String, String> values = new HashMap<>();
    values.put("prompt", prompt);
    values.put("fence", Fence.around(Comparison.of(prompt, "", "")));
    values.keySet().retainAll(user.names());
    return List.of(ChatMessage.user(user.fill(values)));
  }

  /** Returns the plan in a reply: its text without drafts; blank if there is nothing else. */
  public String read(String reply) {
    Draft draft = Draft.strip(reply);
    return draft.open() ? "" : draft.rest().strip();
  }

  @Override
  public String toString() {
    return name
        + "@"
        + Hashing.sha256()
            .hashString(user.toString(), StandardCharsets.UTF_8)
            .toString()
            .substring(0, 12);
  }
}
