package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.selftaught.judge.Generation.FinishReason;
import io.selftaught.judge.InstructionLabels.Category;
import io.selftaught.judge.InstructionLabels.ExpectedLength;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small values whose only behaviour is what they refuse and copy. */
class ValuesTest {

  @Test
  void instruction_blankIdOrText_isRefused() {
    assertThat(new Instruction("1", "Say hi.", "").source()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Instruction(" ", "Say hi.", ""))
        .withMessage("id must not be blank");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Instruction("1", "\n", ""))
        .withMessage("text must not be blank");
    assertThatNullPointerException().isThrownBy(() -> new Instruction("1", "Say hi.", null));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 11})
  void labels_complexityOutOfRange_isRefused(int complexity) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new InstructionLabels(Category.CODING, complexity, ExpectedLength.ONE_SENTENCE))
        .withMessageContaining("complexity");
  }

  @Test
  void categories_areTheFifteenOfThePaperWithDistinctTitles() {
    assertThat(Arrays.stream(Category.values()).map(Category::title))
        .hasSize(15)
        .doesNotHaveDuplicates();
  }

  @Test
  void trainingExample_nothingToReadOrLearn_isRefused() {
    List<ChatMessage> prompt = new ArrayList<>(List.of(ChatMessage.user("Judge.")));
    TrainingExample example = new TrainingExample("1", prompt, "[[A]]");
    prompt.clear();

    assertThat(example.prompt()).containsExactly(ChatMessage.user("Judge."));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainingExample("1", List.of(), "[[A]]"))
        .withMessage("prompt must not be empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainingExample("1", example.prompt(), " "))
        .withMessage("completion must not be blank");
  }

  @Test
  void chatMessage_factories_nameWhoSpeaks() {
    assertThat(ChatMessage.system("s").role()).isEqualTo(ChatMessage.Role.SYSTEM);
    assertThat(ChatMessage.user("u").role()).isEqualTo(ChatMessage.Role.USER);
    assertThat(ChatMessage.assistant("a").role()).isEqualTo(ChatMessage.Role.ASSISTANT);
  }

  @Test
  void generation_ofText_endedByItselfAtUnknownCost() {
    Generation generation = Generation.of("hello");

    assertThat(generation.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(generation.usage()).isEqualTo(Usage.UNKNOWN);
    assertThat(generation.tokens()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1, Double.NaN})
  void token_probabilityAboveOneOrUnknown_isRefused(double logProbability) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Generation.Token("x", logProbability))
        .withMessage("logProbability must be ≤ 0, was " + logProbability);
  }

  @Test
  void token_certainOrImpossible_isLegal() {
    assertThat(new Generation.Token("x", 0).logProbability()).isZero();
    assertThat(new Generation.Token("x", Double.NEGATIVE_INFINITY).logProbability())
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void contextLengthException_namesBothLengthsAndTheRemedy() {
    ContextLengthException e = new ContextLengthException(5000, 4096);

    assertThat(e)
        .hasMessageContaining("5000")
        .hasMessageContaining("4096")
        .hasMessageContaining("shorten");
    assertThat(e.promptTokens()).isEqualTo(5000);
    assertThat(e.contextTokens()).isEqualTo(4096);
    assertThat(e).isInstanceOf(InvalidInputException.class).isInstanceOf(JudgeException.class);
  }
}
