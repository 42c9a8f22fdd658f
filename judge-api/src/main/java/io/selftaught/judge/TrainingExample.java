package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A conversation to learn from: only {@code completion} is learnt, {@code prompt} is read.
 *
 * @param id names the example in messages, not blank
 * @param prompt the conversation before the completion, not empty
 * @param completion what the model should have said, not blank
 */
public record TrainingExample(String id, List<ChatMessage> prompt, String completion) {

  public TrainingExample {
    Checks.notBlank("id", requireNonNull(id, "id"));
    prompt = Checks.notEmpty("prompt", prompt);
    Checks.notBlank("completion", requireNonNull(completion, "completion"));
  }
}
