package io.selftaught.judge.quickstart.world;

import io.selftaught.judge.ChatMessage;
import java.util.List;
import java.util.stream.Stream;

/**
 * A conversation of base training.
 *
 * @param job what it teaches
 * @param prompt what the model is asked
 * @param completion what it should say: this alone is learnt
 */
public record Lesson(Job job, List<ChatMessage> prompt, String completion) {

  public Lesson {
    prompt = List.copyOf(prompt);
  }

  /** Returns the whole conversation; the last message is the completion. */
  public List<ChatMessage> messages() {
    return Stream.concat(prompt.stream(), Stream.of(ChatMessage.assistant(completion))).toList();
  }
}
