package io.selftaught.judge.quickstart.world;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
import java.util.List;

/** Forms that spend no more tokens than it takes to tell the four jobs apart. */
final class BriefForms implements Forms {

  @Override
  public List<ChatMessage> answer(String instruction) {
    return user(instruction);
  }

  @Override
  public List<ChatMessage> related(String instruction) {
    return user("Write a task like this:\n" + instruction);
  }

  @Override
  public List<ChatMessage> label(String instruction) {
    return user("Label this task:\n" + instruction);
  }

  @Override
  public List<ChatMessage> judge(Comparison comparison) {
    return Forms.judgePrompt().render(comparison);
  }

  private static List<ChatMessage> user(String content) {
    return List.of(ChatMessage.user(content));
  }
}
