package io.selftaught.judge.core.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Generation.FinishReason;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Instruction;
import io.selftaught.judge.InstructionLabels;
import io.selftaught.judge.InstructionLabels.Category;
import io.selftaught.judge.InstructionLabels.ExpectedLength;
import io.selftaught.judge.LabeledInstruction;
import io.selftaught.judge.LabeledPair;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Outcome;
import io.selftaught.judge.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModifiedInstructionPairsTest {

  private static final String X = "Name a large river.";
  private static final String MODIFIED = "Name a high mountain.";

  private final List<Long> seeds = new ArrayList<>();
  private String rewriting = MODIFIED;
  private String goodAnswer = "The Danube.";
  private String otherAnswer = "Mont Blanc.";
  private FinishReason answersEnd = FinishReason.STOP;

  @Test
  void generate_usableTexts_choosesTheAnswerToXOverTheAnswerToTheOther() {
    LabeledPair pair = generate().value().orElseThrow();

    assertThat(pair.id()).isEqualTo("r1");
    assertThat(pair.chosen()).isEqualTo(goodAnswer);
    assertThat(pair.rejected()).isEqualTo(otherAnswer);
    assertThat(pair.provenance())
        .containsEntry("method", "modified instruction")
        .containsEntry("modifiedInstruction", MODIFIED)
        .containsEntry("model", "scripted")
        .containsEntry("seed", "5");
    assertThat(seeds).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void prompt_ownWords_areAllThatIsAskedForTheOther() {
    List<List<ChatMessage>> asked = new ArrayList<>();
    LanguageModel model =
        (messages, config) -> {
          asked.add(messages);
          return List.of(Generation.of("Reply " + asked.size()));
        };
    InstructionLabels labels =
        new InstructionLabels(Category.OTHER, 1, ExpectedLength.ONE_SENTENCE);
    ModifiedInstructionPairs.builder(model)
        .prompt("Another one than: {instruction}")
        .build()
        .generate(new LabeledInstruction(new Instruction("r1", X, ""), labels), 5);

    assertThat(asked)
        .containsExactly(
            List.of(ChatMessage.user("Another one than: " + X)),
            List.of(ChatMessage.user(X)),
            List.of(ChatMessage.user("Reply 1")));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "'', -, -, no modified instruction",
        "' NAME a large  river', -, -, same instruction",
        "a large river, -, -, same instruction",
        "Name a large river. Explain why., -, -, same instruction",
        "Explain why the sky turns red in the evening to a child of six., -, -, copied example",
        "I'm sorry but I can't help., -, -, refused",
        "-, ' ', -, empty answer",
        "-, -, '', empty answer",
        "-, I cannot help with rivers., -, refused",
        "-, -, I cannot help with mountains., refused",
        "-, The Danube, the danube!, equal answers",
      })
  void generate_unusableText_dropsWithItsReason(
      String rewriting, String goodAnswer, String otherAnswer, String reason) {
    this.rewriting = rewriting == null ? this.rewriting : rewriting;
    this.goodAnswer = goodAnswer == null ? this.goodAnswer : goodAnswer;
    this.otherAnswer = otherAnswer == null ? this.otherAnswer : otherAnswer;

    assertThat(reason(generate())).isEqualTo(reason);
  }

  @Test
  void generate_answerCutAtTheLimit_isDroppedUnlessWanted() {
    answersEnd = FinishReason.LENGTH;

    assertThat(reason(generate())).isEqualTo("answer cut at the token limit");
    assertThat(generate(builder -> builder.keepCutAnswers(true)).value()).isPresent();
  }

  @Test
  void generate_unusableRewriting_isTriedAgainWithAnotherSeed() {
    rewriting = X;

    assertThat(reason(generate(builder -> builder.attempts(4)))).isEqualTo("same instruction");
    assertThat(seeds).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void generate_sameSeed_asksWithTheSameSeeds() {
    generate();
    List<Long> first = List.copyOf(seeds);
    seeds.clear();
    generate();

    assertThat(seeds).isEqualTo(first);
  }

  @Test
  void attempts_none_areRefused() {
    assertThatThrownBy(() -> generate(builder -> builder.attempts(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("attempts must be at least 1, was 0");
  }

  @Test
  void clean_politeWordsLabelsAndQuotes_areTakenOff() {
    assertThat(InstructionRewriter.clean("\nWrite a poem.\n\nTopic: sea "))
        .isEqualTo("Write a poem.\n\nTopic: sea");
    assertThat(InstructionRewriter.clean("Sure! Here is another one:\n\n\"Write a poem.\""))
        .isEqualTo("Write a poem.");
    assertThat(InstructionRewriter.clean("**New instruction:** Write a poem."))
        .isEqualTo("Write a poem.");
    assertThat(InstructionRewriter.clean("Sure footing matters: why?"))
        .isEqualTo("Sure footing matters: why?");
  }

  @Test
  void sameText_signsThatReckon_areADifference() {
    assertThat(InstructionRewriter.sameText("What is 2 - 3?", "what is 2 - 3")).isTrue();
    assertThat(InstructionRewriter.sameText("What is 2 - 3?", "What is 2 + 3?")).isFalse();
    assertThat(InstructionRewriter.sameText("What is 2 * 3?", "What is 2 / 3?")).isFalse();
  }

  private Outcome<LabeledPair> generate() {
    return generate(builder -> builder);
  }

  private Outcome<LabeledPair> generate(
      Function<ModifiedInstructionPairs.Builder, ModifiedInstructionPairs.Builder> settings) {
    LabeledInstruction x =
        new LabeledInstruction(
            new Instruction("r1", X, ""),
            new InstructionLabels(Category.OPEN_QA, 3, ExpectedLength.ONE_SENTENCE));
    return settings.apply(ModifiedInstructionPairs.builder(scripted())).build().generate(x, 5);
  }

  private LanguageModel scripted() {
    return new LanguageModel() {
      @Override
      public List<Generation> generate(List<ChatMessage> messages, GenerationConfig config) {
        seeds.add(config.seed());
        if (messages.size() > 1) {
          return List.of(Generation.of("\n" + rewriting));
        }
        String answer = messages.get(0).content().equals(X) ? goodAnswer : otherAnswer;
        return List.of(new Generation(answer, answersEnd, Usage.UNKNOWN, List.of()));
      }

      @Override
      public String name() {
        return "scripted";
      }
    };
  }

  private static String reason(Outcome<LabeledPair> outcome) {
    return outcome.fold(pair -> "kept", Outcome.Dropped::reason);
  }
}
