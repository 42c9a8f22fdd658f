package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.selftaught.judge.InstructionLabels.Category;
import io.selftaught.judge.InstructionLabels.ExpectedLength;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link InstructionSelector} keeps to. Extend it beside the implementation. */
public abstract class InstructionSelectorContract {

  private static final List<Category> CATEGORIES =
      List.of(Category.CODING, Category.BRAINSTORMING, Category.OPEN_QA);
  private static final List<LabeledInstruction> POOL =
      IntStream.range(0, 60).mapToObj(InstructionSelectorContract::labeled).toList();

  /** Returns the selector under test. */
  protected abstract InstructionSelector selector();

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 60, 1000})
  void select_anyLimit_givesASubsetWithoutRepeats(int limit) {
    List<LabeledInstruction> selected = selector().select(POOL, limit, 3);

    assertThat(selected).hasSizeLessThanOrEqualTo(limit).doesNotHaveDuplicates();
    assertThat(POOL).containsAll(selected);
  }

  @Test
  void select_sameSeed_givesTheSameInTheSameOrder() {
    assertThat(selector().select(POOL, 20, 11)).isEqualTo(selector().select(POOL, 20, 11));
  }

  @Test
  void select_emptyPool_isEmpty() {
    assertThat(selector().select(List.of(), 5, 1)).isEmpty();
  }

  @Test
  void select_limitBelowOneOrNull_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> selector().select(POOL, 0, 1))
        .withMessageContaining("limit");
    assertThatNullPointerException().isThrownBy(() -> selector().select(null, 5, 1));
  }

  private static LabeledInstruction labeled(int i) {
    Category category = CATEGORIES.get(i % CATEGORIES.size());
    return new LabeledInstruction(
        new Instruction("i" + i, "Task number " + i, "test"),
        new InstructionLabels(category, 1 + i % 10, ExpectedLength.ONE_PARAGRAPH));
  }
}
