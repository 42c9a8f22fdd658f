package io.selftaught.judge.quickstart.world;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.ChatMessage.Role;
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

  /**
   * Returns the lesson of giving a reply to what was asked. A form may already begin the reply; the
   * model learns to begin it itself too.
   */
  static Lesson of(Job job, List<ChatMessage> asked, String reply) {
    int end = asked.size() - 1;
    if (asked.get(end).role() != Role.ASSISTANT) {
      return new Lesson(job, asked, reply);
    }
    String beginning = asked.get(end).content();
    String whole = reply.startsWith(beginning) ? reply : beginning + "\n" + reply;
    return new Lesson(job, asked.subList(0, end), whole);
  }

  /** Returns the whole conversation; the last message is the completion. */
  public List<ChatMessage> messages() {
    return Stream.concat(prompt.stream(), Stream.of(ChatMessage.assistant(completion))).toList();
  }
}
