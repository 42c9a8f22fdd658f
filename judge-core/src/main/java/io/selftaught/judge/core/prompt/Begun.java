package io.selftaught.judge.core.prompt;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.LanguageModel;
import java.util.ArrayList;
import java.util.List;

/** Replies whose first words are put into the model's mouth. */
final class Begun {

  private Begun() {}

  /**
   * Returns whole replies, of which the model wrote all after {@code begin}, which may be empty.
   */
  static List<Generation> generate(
      LanguageModel model, List<ChatMessage> messages, String begin, GenerationConfig config) {
    if (begin.isEmpty()) {
      return model.generate(messages, config);
    }
    List<ChatMessage> continued = new ArrayList<>(messages);
    continued.add(ChatMessage.assistant(begin));
    return model.generate(continued, config).stream()
        .map(g -> new Generation(begin + g.text(), g.finishReason(), g.usage(), g.tokens()))
        .toList();
  }
}
