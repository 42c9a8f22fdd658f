package io.selftaught.judge.quickstart.world;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Solves instructions as a reader would, from their text alone. */
class AnswersTest {

  private static final World WORLD = World.standard();

  static Stream<Arguments> solutions() {
    return Stream.of(
        solved("sum", text -> "" + numbers(text).stream().mapToInt(n -> n).sum()),
        solved("difference", text -> "" + Math.abs(numbers(text).get(0) - numbers(text).get(1))),
        solved("largest", text -> "" + Collections.max(numbers(text))),
        solved("smallest", text -> "" + Collections.min(numbers(text))),
        solved("ascending", text -> sorted(text, Comparator.naturalOrder())),
        solved("descending", text -> sorted(text, Comparator.reverseOrder())),
        solved("series", text -> "" + (2 * numbers(text).get(2) - numbers(text).get(1))),
        solved("reverse letters", text -> new StringBuilder(capitals(text)).reverse().toString()),
        solved("sort letters", text -> letters(capitals(text)).sorted().collect(joining())),
        solved("reverse words", AnswersTest::reversedWords),
        solved("count words", text -> "" + words(text).size()),
        solved("repeat words", text -> spaced(words(text)) + " " + spaced(words(text))));
  }

  @ParameterizedTest
  @MethodSource("solutions")
  void draw_anyWording_asksForTheAnswer(String family, Function<String, String> solve) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 500; i++) {
      Item item = family(family).draw(random);
      assertThat(item.answer()).as(item.instruction()).isEqualTo(solve.apply(item.instruction()));
    }
  }

  @Test
  void draw_replacement_leavesNoneOfTheOldLetter() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 500; i++) {
      Item item = family("replace a letter").draw(random);
      List<String> parts = List.of(item.key().split("\\|"));
      assertThat(parts.get(0)).contains(parts.get(1)).doesNotContain(parts.get(2));
      assertThat(item.answer()).doesNotContain(parts.get(1)).contains(parts.get(2));
      assertThat(item.instruction()).contains(parts);
    }
  }

  @Test
  void draw_count_isFromNoneToThree() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 500; i++) {
      Item item = family("count letters").draw(random);
      List<String> parts = List.of(item.key().split("\\|"));
      long times = letters(parts.get(1)).filter(parts.get(0)::equals).count();
      assertThat(item.answer()).isEqualTo("" + times).isIn("0", "1", "2", "3");
    }
  }

  @Test
  void draw_calendar_knowsWhatComesAroundTheTurn() {
    assertThat(item("months", "after|December|May").answer()).isEqualTo("January June");
    assertThat(item("days", "before|Monday|Sunday").answer()).isEqualTo("Sunday Saturday");
    assertThat(item("opposites", "cold|big").answer()).isEqualTo("hot small");
  }

  private static Item item(String family, String key) {
    SplittableRandom random = new SplittableRandom(4);
    return Stream.generate(() -> family(family).draw(random))
        .limit(100_000)
        .filter(item -> item.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private static Family family(String name) {
    return WORLD.families().stream().filter(f -> f.name().equals(name)).findAny().orElseThrow();
  }

  private static Arguments solved(String family, Function<String, String> solve) {
    return Arguments.of(family, solve);
  }

  private static List<Integer> numbers(String text) {
    return found("[0-9]+", text).map(Integer::valueOf).toList();
  }

  private static String sorted(String text, Comparator<Integer> order) {
    return numbers(text).stream().sorted(order).map(String::valueOf).collect(joining(" "));
  }

  /** The run of capitals that a task is about. */
  private static String capitals(String text) {
    return found("\\b[A-Z]{3,}\\b", text).findFirst().orElseThrow();
  }

  private static Stream<String> letters(String word) {
    return Arrays.stream(word.split(""));
  }

  private static List<String> words(String text) {
    return found("[a-z]+", text).filter(Lexicon.WORDS::contains).toList();
  }

  private static String reversedWords(String text) {
    List<String> words = new ArrayList<>(words(text));
    Collections.reverse(words);
    return spaced(words);
  }

  private static String spaced(List<String> words) {
    return String.join(" ", words);
  }

  private static Stream<String> found(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().map(result -> result.group());
  }
}
