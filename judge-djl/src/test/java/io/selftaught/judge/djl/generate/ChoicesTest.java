package io.selftaught.judge.djl.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChoicesTest {

  @Test
  void accept_tokenOfOneText_completesIt() {
    Choices choices =
        new Choices(List.of("A]]", "B]]"), List.of(new int[] {1, 9}, new int[] {2, 9}));
    assertThat(choices.allowed()).containsExactly(1, 2);
    choices.accept(2);
    assertThat(choices.isComplete()).isTrue();
    assertThat(choices.text()).isEqualTo("B]]");
  }

  @Test
  void accept_sharedToken_leavesTheChoiceOpen() {
    Choices choices =
        new Choices(List.of("yes", "yeah"), List.of(new int[] {1, 2}, new int[] {1, 3}));
    assertThat(choices.allowed()).containsExactly(1);
    choices.accept(1);
    assertThat(choices.isComplete()).isFalse();
    choices.accept(3);
    assertThat(choices.text()).isEqualTo("yeah");
  }

  @Test
  void accept_textThatBeginsAnother_isPreferred() {
    Choices choices = new Choices(List.of("yeah", "ye"), List.of(new int[] {1, 3}, new int[] {1}));
    choices.accept(1);
    assertThat(choices.isComplete()).isTrue();
    assertThat(choices.text()).isEqualTo("ye");
  }
}
