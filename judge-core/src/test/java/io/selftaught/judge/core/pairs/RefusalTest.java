package io.selftaught.judge.core.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.Generation;
import io.selftaught.judge.Generation.FinishReason;
import io.selftaught.judge.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I'm sorry, but I can't assist with that.",
        "I’m sorry, but I can’t help with this request.",
        "Sorry, I cannot provide medical advice.",
        "I cannot fulfil this request",
        "I can't help you",
        "As an AI language model, I am unable to provide that.",
        "Unfortunately, I won't create this.",
        "I apologize, but I'm not able to write that."
      })
  void in_openingThatDeclines_isARefusal(String text) {
    assertThat(Refusal.in(Generation.of(text))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "I'm sorry for your loss. Here is a letter you could send.",
        "As an AI, I have no favourite colour, but many people like blue.",
        "I can't believe it!\" she cried, and the story began.",
        "You can reply: \"I'm sorry, but I can't help with that.\""
      })
  void in_answer_isNone(String text) {
    assertThat(Refusal.in(Generation.of(text))).isFalse();
  }

  @Test
  void in_refusedByTheServer_isARefusal() {
    assertThat(Refusal.in(new Generation("", FinishReason.REFUSED, Usage.UNKNOWN, List.of())))
        .isTrue();
  }
}
