package io.selftaught.judge.quickstart.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.Instruction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorldTest {

  private static final World WORLD = World.standard();

  /** Families about a closed table, and those that reckon, have no thousands of items. */
  private static final Set<String> SMALL =
      Set.of("days", "months", "young animals", "colors", "sum", "difference", "series");

  static Stream<Family> families() {
    return WORLD.families().stream();
  }

  @Test
  void standard_families_areManyWithNamesOfTheirOwn() {
    assertThat(families().map(Family::name))
        .hasSizeGreaterThanOrEqualTo(12)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("families")
  void draw_anyItem_isShortAndBelongsToItsFamily(Family family) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2_000; i++) {
      Item item = family.draw(random);
      assertThat(item.family()).isEqualTo(family.name());
      assertThat(item.instruction()).hasSizeLessThanOrEqualTo(60).doesNotContain("%");
      assertThat(item.answer()).isNotBlank().hasSizeLessThanOrEqualTo(24);
      assertThat(WORLD.familyOf(item)).isSameAs(family);
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void draw_manyTimes_givesManyItemsInSixWordings(Family family) {
    SplittableRandom random = new SplittableRandom(2);
    Set<String> keys = new HashSet<>();
    Set<String> wordings = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      Item item = family.draw(random);
      keys.add(item.key());
      wordings.add(wordingOf(item));
    }
    assertThat(keys).hasSizeGreaterThan(SMALL.contains(family.name()) ? 80 : 1_000);
    assertThat(wordings).hasSizeGreaterThanOrEqualTo(6);
  }

  @ParameterizedTest
  @MethodSource("families")
  void draw_sameKey_hasOneAnswer(Family family) {
    SplittableRandom random = new SplittableRandom(3);
    Map<String, String> answers = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      Item item = family.draw(random);
      assertThat(answers.putIfAbsent(item.key(), item.answer())).isIn(null, item.answer());
    }
  }

  @Test
  void draw_bothSides_shareNoItemAndNoInstruction() {
    SplittableRandom random = new SplittableRandom(4);
    Set<List<String>> keys = new HashSet<>();
    Set<String> instructions = new HashSet<>();
    for (int i = 0; i < 50_000; i++) {
      Item item = WORLD.draw(Split.TRAINING, random);
      keys.add(List.of(item.family(), item.key()));
      instructions.add(item.instruction());
    }
    for (int i = 0; i < 10_000; i++) {
      Item item = WORLD.draw(Split.HELD_OUT, random);
      assertThat(keys.contains(List.of(item.family(), item.key()))).isFalse();
      assertThat(instructions.contains(item.instruction())).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void split_ofAnyFamily_holdsOutAboutATenth(Family family) {
    SplittableRandom random = new SplittableRandom(5);
    long heldOut =
        Stream.generate(() -> family.draw(random))
            .limit(5_000)
            .filter(item -> Split.of(item) == Split.HELD_OUT)
            .count();
    assertThat(heldOut / 5_000.0).isBetween(0.03, 0.2);
  }

  @Test
  void split_sameItemInOtherWords_isTheSameSide() {
    Item item = new Item("sum", "3|4", "What is 3 + 4?", "7");
    assertThat(Split.of(new Item("sum", "3|4", "Add 4 and 3.", "7"))).isEqualTo(Split.of(item));
  }

  @Test
  void drawRelated_anyItem_hasAnotherAnswerAndMostlyTheSameFamily() {
    SplittableRandom random = new SplittableRandom(6);
    int sameFamily = 0;
    for (int i = 0; i < 2_000; i++) {
      Item item = WORLD.draw(Split.TRAINING, random);
      Item related = WORLD.drawRelated(item, random);
      assertThat(related.answer()).isNotEqualTo(item.answer());
      assertThat(Split.of(related)).isEqualTo(Split.TRAINING);
      sameFamily += related.family().equals(item.family()) ? 1 : 0;
    }
    assertThat(sameFamily).isBetween(1_600, 1_850);
  }

  @Test
  void pool_sameSeed_isTheSameAndHasNoInstructionTwice() {
    List<Instruction> pool = WORLD.pool(500, 7);
    assertThat(pool).hasSize(500).isEqualTo(WORLD.pool(500, 7)).isNotEqualTo(WORLD.pool(500, 8));
    assertThat(pool.stream().map(Instruction::text)).doesNotHaveDuplicates();
    assertThat(pool.stream().map(Instruction::id)).doesNotHaveDuplicates();
  }

  @Test
  void familyOf_strangeItem_isRefusedByName() {
    assertThatThrownBy(() -> WORLD.familyOf(new Item("chess", "e4", "Move!", "e5")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("chess");
  }

  /** The instruction without what the item is about. */
  private static String wordingOf(Item item) {
    String text = item.instruction();
    for (String part : item.key().split("[| ]")) {
      text = text.replaceAll("\\b" + part + "\\b", "_");
    }
    return text.replaceAll("_( _)*", "_");
  }
}
