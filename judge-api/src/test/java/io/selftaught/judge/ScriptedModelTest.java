package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the contract of language models does not say. */
class ScriptedModelTest {

  private static final List<ChatMessage> HELLO = List.of(ChatMessage.user("Hello"));
  private static final GenerationConfig CHOICE =
      GenerationConfig.builder().choices("A]]", "B]]", "C]]").build();

  @Test
  void replyThatIsAChoice_isWritten() {
    for (String choice : CHOICE.choices()) {
      assertThat(ScriptedModel.saying(choice).generate(HELLO, CHOICE))
          .extracting(Generation::text)
          .containsExactly(choice);
    }
  }

  @Test
  void script_seesConversationAndSeed_andWhatItSaidIsKept() {
    ScriptedModel model =
        ScriptedModel.of((messages, seed) -> messages.get(0).content() + " " + seed);
    GenerationConfig two = GenerationConfig.builder().temperature(1).seed(2).samples(2).build();

    assertThat(model.generate(HELLO, two))
        .extracting(Generation::text)
        .containsExactly("Hello 62", "Hello 63");
    assertThat(model.written()).containsExactly("Hello 62", "Hello 63");
  }

  @Test
  void failing_fails() {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ScriptedModel.failing().generate(HELLO, CHOICE));
  }
}
