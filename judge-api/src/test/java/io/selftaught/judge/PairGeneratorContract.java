package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.selftaught.judge.InstructionLabels.Category;
import io.selftaught.judge.InstructionLabels.ExpectedLength;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link PairGenerator} keeps to. Extend it beside the implementation. */
public abstract class PairGeneratorContract {

  /** Returns the generator under test, around {@code model}. */
  protected abstract PairGenerator generator(LanguageModel model);

  /** Returns a model whose replies make a pair of every instruction. */
  protected abstract LanguageModel productiveModel();

  @Test
  void generate_productiveModel_makesAPairOfThatInstruction() {
    Outcome<LabeledPair> outcome = generator(productiveModel()).generate(labeled("i1"), 1);

    assertThat(outcome.value().map(LabeledPair::instruction)).contains(labeled("i1").instruction());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "Always the same."})
  void generate_modelThatGivesNoTwoAnswers_dropsWithAReason(String reply) {
    Outcome<LabeledPair> outcome =
        generator(ScriptedModel.saying(reply)).generate(labeled("i1"), 1);

    assertThat(outcome.value()).isEmpty();
  }

  @Test
  void generate_sameSeed_givesTheSame() {
    PairGenerator generator = generator(productiveModel());

    assertThat(generator.generate(labeled("i1"), 9))
        .isEqualTo(generator.generate(labeled("i1"), 9));
  }

  @Test
  void generate_modelFails_saysSo() {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> generator(ScriptedModel.failing()).generate(labeled("i1"), 1));
  }

  @Test
  void generate_manyThreads_givePairsOfTheirOwnInstructionsWithDistinctIds()
      throws InterruptedException {
    PairGenerator generator = generator(productiveModel());

    List<LabeledPair> pairs =
        Concurrently.run(i -> generator.generate(labeled("i" + i), i).value().orElseThrow());

    assertThat(pairs).extracting(LabeledPair::id).doesNotHaveDuplicates();
    for (int i = 0; i < pairs.size(); i++) {
      assertThat(pairs.get(i).instruction()).isEqualTo(labeled("i" + i).instruction());
    }
  }

  @Test
  void generate_null_isRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> generator(productiveModel()).generate(null, 1));
  }

  private static LabeledInstruction labeled(String id) {
    return new LabeledInstruction(
        new Instruction(id, "Explain " + id + " to a child.", "test"),
        new InstructionLabels(Category.OPEN_QA, 4, ExpectedLength.ONE_PARAGRAPH));
  }
}
