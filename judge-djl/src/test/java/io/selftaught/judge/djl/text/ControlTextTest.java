package io.selftaught.judge.djl.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ControlTextTest {

  private final ControlText control = new ControlText(List.of("<|end|>", "<s>", "😀x", "#"));

  @Test
  void breakUp_specialTokens_putsTheSeparatorBehindTheirFirstCharacter() {
    assertThat(control.breakUp("a<|end|><s> 😀x <|end", '_')).isEqualTo("a<_|end|><_s> 😀_x <|end");
  }

  @Test
  void occursIn_partsOfTokens_isFalse() {
    assertThat(control.occursIn("<|end <s 😀 # |>")).isFalse();
    assertThat(control.occursIn("x<s>")).isTrue();
  }

  @Test
  void separatorFor_privateUseCharactersInTheText_isAnother() {
    assertThat(ControlText.separatorFor(List.of("a\uE000", "\uE001"))).isEqualTo('\uE002');
  }

  @Property
  void breakUp_anyText_leavesNoSpecialTokenInAnyPiece(
      @ForAll @StringLength(max = 12) @CharRange(from = 'a', to = 'c') String text) {
    ControlText overlapping = new ControlText(List.of("aa", "aba", "ab", "bca"));
    String broken = overlapping.breakUp(text, '_');
    assertThat(broken.replace("_", "")).isEqualTo(text);
    assertThat(overlapping.occursIn(text)).isEqualTo(broken.contains("_"));
    for (String piece : broken.split("_", -1)) {
      assertThat(overlapping.occursIn(piece)).isFalse();
    }
  }
}
