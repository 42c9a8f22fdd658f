package io.selftaught.judge.core.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Instruction;
import io.selftaught.judge.InstructionLabels.Category;
import io.selftaught.judge.LabeledInstruction;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelLabelerTest {

  private static final Instruction INSTRUCTION =
      new Instruction("i", "Sort {{category}} %s by $1", "");

  @Test
  void label_replyThatGoesOnAfterTheBeginning_isRead() {
    Outcome<LabeledInstruction> outcome =
        label(" Coding\nComplexity: 6\nLength: 1 paragraph", new ArrayList<>());

    assertThat(outcome.value().orElseThrow().labels().category()).isEqualTo(Category.CODING);
    assertThat(outcome.value().orElseThrow().instruction()).isEqualTo(INSTRUCTION);
  }

  @Test
  void label_replyWithoutComplexity_dropsWithTheWholeReply() {
    assertThat(label(" Coding, I think", new ArrayList<>()))
        .isEqualTo(Outcome.dropped("unreadable labels", "Category: Coding, I think"));
  }

  @Test
  void label_instruction_isShownAsItIs() {
    List<List<ChatMessage>> asked = new ArrayList<>();
    label("", asked);

    List<ChatMessage> messages = asked.get(0);
    assertThat(messages.get(messages.size() - 2).content()).endsWith(INSTRUCTION.text());
    assertThat(messages.get(messages.size() - 1)).isEqualTo(ChatMessage.assistant("Category:"));
  }

  @Test
  void prompt_ownWords_areAllThatIsAsked() {
    List<List<ChatMessage>> asked = new ArrayList<>();
    LanguageModel model =
        (messages, config) -> {
          asked.add(messages);
          return List.of(Generation.of("Category: Coding\nComplexity: 6\nLength: 1 sentence"));
        };
    ModelLabeler labeler = ModelLabeler.builder(model).prompt("Label: {instruction}").build();

    assertThat(labeler.label(INSTRUCTION, 1).value().orElseThrow().labels().complexity())
        .isEqualTo(6);
    assertThat(asked.get(0)).containsExactly(ChatMessage.user("Label: Sort {{category}} %s by $1"));
    assertThat(labeler).asString().contains("Label: {instruction}");
  }

  @Test
  void prompt_withoutTheInstruction_isRefused() {
    assertThatThrownBy(() -> ModelLabeler.builder((m, c) -> List.of()).prompt("Label {it}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("instruction")
        .hasMessageContaining("it");
  }

  @Test
  void examples_repliesOfTheExamples_canBeRead() {
    assertThat(ModelLabeler.standard(INSTRUCTION))
        .filteredOn(m -> m.role() == ChatMessage.Role.ASSISTANT && m.content().contains("\n"))
        .hasSize(3)
        .allSatisfy(
            m -> {
              LabelReply reply = LabelReply.parse(m.content());
              assertThat(reply.category()).isPresent();
              assertThat(reply.complexity()).isPresent();
              assertThat(reply.length()).isPresent();
            });
  }

  private static Outcome<LabeledInstruction> label(String reply, List<List<ChatMessage>> asked) {
    LanguageModel model =
        (List<ChatMessage> messages, GenerationConfig config) -> {
          asked.add(messages);
          return List.of(Generation.of(reply));
        };
    return ModelLabeler.builder(model).build().label(INSTRUCTION, 1);
  }
}
