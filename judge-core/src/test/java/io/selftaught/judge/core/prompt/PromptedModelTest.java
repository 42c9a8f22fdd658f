package io.selftaught.judge.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptedModelTest {

  private static final Comparison SHOWN = Comparison.of("Name a color.", "Red.", "Seven.");

  private final List<List<ChatMessage>> asked = new ArrayList<>();

  @Test
  void judge_begunReply_isContinuedByTheModelAndWholeInTheTrace() {
    Trace trace = judge(" a color. A names one.\nVerdict: [[A]]");

    assertThat(asked).hasSize(1);
    assertThat(last(0)).isEqualTo(ChatMessage.assistant("The task is"));
    assertThat(trace.text()).isEqualTo("The task is a color. A names one.\nVerdict: [[A]]");
    assertThat(trace.verdict()).isEqualTo(Verdict.decided(Preference.A));
  }

  @Test
  void judge_begunReplyWithoutVerdict_isForcedAfterAllOfIt() {
    Trace trace = judge(" a color.", "B]]");

    assertThat(last(1)).isEqualTo(ChatMessage.assistant("The task is a color.\n\nVerdict: [["));
    assertThat(trace.text()).isEqualTo("The task is a color.\n\nVerdict: [[B]]");
    assertThat(trace.verdict()).isEqualTo(Verdict.decided(Preference.B));
  }

  private Trace judge(String... replies) {
    LanguageModel model =
        (messages, config) -> {
          asked.add(messages);
          return List.of(Generation.of(replies[asked.size() - 1]));
        };
    JudgePrompt prompt =
        JudgePrompt.builder("own", "{prompt} {a} {b}")
            .begin("The task is")
            .forcedVerdict(true)
            .build();
    return new PromptedModel(model, prompt).judge(SHOWN, GenerationConfig.greedy(50)).get(0);
  }

  private ChatMessage last(int call) {
    List<ChatMessage> messages = asked.get(call);
    return messages.get(messages.size() - 1);
  }
}
