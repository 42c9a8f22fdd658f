package io.selftaught.judge.core.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.Instruction;
import io.selftaught.judge.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScreeningTest {

  private static final String QUESTION =
      "Explain in simple words how a steam engine turns heat into motion";

  @Test
  void screen_sharedRunOfEightWords_isDroppedWithTheRun() {
    Instruction copied = new Instruction("x", "Please: " + QUESTION + " for my son.", "");

    Outcome<Instruction> outcome = screen(List.of(QUESTION + "!"), copied);

    assertThat(outcome)
        .isEqualTo(
            Outcome.dropped(Screening.OVERLAP, "explain in simple words how a steam engine"));
  }

  @Test
  void screen_sevenSharedWords_areKept() {
    Instruction near = new Instruction("x", "Explain in simple words how a steam iron works", "");

    assertThat(screen(List.of(QUESTION), near)).isEqualTo(Outcome.kept(near));
  }

  @Test
  void screen_shortInstruction_overlapsOnlyWithItsCopy() {
    Instruction shortOne = new Instruction("x", "Explain in simple words.", "");

    assertThat(screen(List.of(QUESTION), shortOne).value()).isPresent();
    assertThat(screen(List.of("explain in simple words"), shortOne).value()).isEmpty();
  }

  @Test
  void screen_nearDuplicates_keepsOneAndNamesItInTheOther() {
    Instruction one = new Instruction("one", QUESTION, "");
    Instruction two =
        new Instruction("two", QUESTION.toUpperCase(java.util.Locale.ROOT) + " now", "");

    Map<Instruction, Outcome<Instruction>> outcomes = screening().screen(List.of(one, two), 9, 1);

    Instruction kept = outcomes.values().iterator().next().value().orElseThrow();
    assertThat(outcomes.values())
        .containsExactly(
            Outcome.kept(kept), Outcome.dropped(Screening.NEAR_DUPLICATE, "of " + kept.id()));
  }

  @Test
  void screen_moreThanCandidates_drawsBySeedAndIdWhateverTheOrder() {
    List<Instruction> pool = new ArrayList<>(pool(50));
    List<Instruction> first = kept(pool, 5, 1);
    Collections.reverse(pool);

    assertThat(first).hasSize(5);
    assertThat(kept(pool, 5, 1)).isEqualTo(first);
    assertThat(kept(pool, 5, 2)).isNotEqualTo(first);
    assertThat(screening().screen(pool, 5, 1).values())
        .filteredOn(o -> o.equals(Outcome.dropped(Screening.NOT_DRAWN, "")))
        .hasSize(45);
  }

  @Test
  void screen_noCandidates_isRefused() {
    assertThatThrownBy(() -> screening().screen(pool(1), 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("candidates must be at least 1, was 0");
  }

  private static Outcome<Instruction> screen(List<String> heldOut, Instruction instruction) {
    return Screening.awayFrom(heldOut).screen(List.of(instruction), 9, 1).get(instruction);
  }

  private static List<Instruction> kept(List<Instruction> pool, int candidates, long seed) {
    return screening().screen(pool, candidates, seed).values().stream()
        .flatMap(outcome -> outcome.value().stream())
        .toList();
  }

  private static Screening screening() {
    return Screening.awayFrom(List.of());
  }

  private static List<Instruction> pool(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> new Instruction("i" + i, "Task " + i + " of " + i * 31, ""))
        .toList();
  }
}
