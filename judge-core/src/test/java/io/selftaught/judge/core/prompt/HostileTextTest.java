package io.selftaught.judge.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts that no parser may spend its day on: what takes a square of a million steps anywhere runs
 * for hours, and what nests as deep ends in a stack overflow.
 */
class HostileTextTest {

  private static final Duration GENEROUS = Duration.ofSeconds(20);
  private static final int LENGTH = 1_000_000;
  private static final Comparison SHOWN = Comparison.of("Name a river.", "The Nile.", "Everest.");

  @ParameterizedTest(name = "{0}{1}…{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "     | .       | x",
        "     | !.      | x",
        "     | so      | x",
        "     | final   | A",
        "     | final   | x [[A]] because",
        "     | , .     | x [[A]] because",
        "     | so      | x [[A]] because",
        "     | so      | [[A]]",
        "     | not     | . But [[A]]",
        "     | if      | . x [[A]]",
        "[[A]]| .       | x",
        "[[A]]| . -     | x",
        "     | “       | [[A]]",
        "     | «       | [[A]]",
        "     | \"      | [[A]]",
        "     | `       | [[A]]",
        "     | ``` “   | [[A]]",
        "     | [[      | [[A]]",
        "     | [[A]]   | ",
        "     | [[A]] “ | ",
        "```  | [[A]]   | ",
        "     | \\n     | <",
        "     | \\n[[A]]| x",
        "     | <think> | [[A]]",
        "     | \\n<thin| [[A]]",
        "     | >       | [[A]]",
        "     | \\n>    | [[A]]",
        "     | (       | A",
        "     | Verdict:| A",
        "     | a       | a",
      })
  void parse_aMillionCharacters_endsSoon(String before, String repeated, String after) {
    String text = text(before, repeated, after);

    assertTimeoutPreemptively(
        GENEROUS,
        () -> {
          for (VerdictParser parser :
              new VerdictParser[] {VerdictParser.strict(), VerdictParser.lenient()}) {
            assertThat(parser.parse(Generation.of(text), SHOWN)).isNotNull();
            assertThat(parser.rationale(text)).isNotNull();
          }
        });
  }

  @ParameterizedTest(name = "{0}{1}…{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {"| [[A]] x | ", "| \\n[[A]] | ", "| . | A", "| a | A", "| - | [[A]]", "| A. | A"})
  void parse_textOfAnAnswerOfAMillionCharacters_endsSoon(
      String before, String repeated, String after) {
    String text = text(before, repeated, after);
    Comparison shown = Comparison.of("Name a river.", text, text.substring(1) + "x");

    assertTimeoutPreemptively(
        GENEROUS,
        () -> {
          assertThat(VerdictParser.lenient().parse(Generation.of(text), shown)).isNotNull();
          assertThat(VerdictParser.lenient().parse(Generation.of("x " + after + "y"), shown))
              .isNotNull();
        });
  }

  @ParameterizedTest
  @MethodSource
  void search_steps_growWithTheTextAndNotWithItsSquare(
      Predicate<CharSequence> search, String repeated, String after) {
    int steps = steps(search, repeated.repeat(1_000) + after);

    assertThat(steps(search, repeated.repeat(10_000) + after)).isLessThan(20 * steps + 10_000);
  }

  static Stream<Arguments> search_steps_growWithTheTextAndNotWithItsSquare() {
    return Stream.of(
        arguments(search("announced", VerdictLine::isAnnounced), "so ", "x"),
        arguments(search("announced", VerdictLine::isAnnounced), ", ", "x"),
        arguments(search("reasoned", VerdictLine::isReasoned), ".", "x"),
        arguments(search("supposed", VerdictLine::isOnlySupposed), "not ", ". x"),
        arguments(search("supposed", VerdictLine::isOnlySupposed), "if ", ". x"),
        arguments(search("draft", found(Draft.BEGIN)), "\n ", "x"));
  }

  private static Named<Predicate<CharSequence>> search(
      String name, Predicate<CharSequence> search) {
    return Named.of(name, search);
  }

  private static Predicate<CharSequence> found(Pattern pattern) {
    return text -> pattern.matcher(text).find();
  }

  private static int steps(Predicate<CharSequence> search, String text) {
    CountedText counted = new CountedText(text, new AtomicInteger());
    boolean unused = search.test(counted);
    return counted.reads().get();
  }

  /** Counts how often somebody reads a character of it. */
  private record CountedText(CharSequence text, AtomicInteger reads) implements CharSequence {

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      reads.incrementAndGet();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new CountedText(text.subSequence(start, end), reads);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }

  private static String text(String before, String repeated, String after) {
    String unit = unescaped(repeated) + (repeated.matches("[a-zA-Z:,]+.*") ? " " : "");
    return unescaped(before) + unit.repeat(LENGTH / unit.length()) + unescaped(after);
  }

  private static String unescaped(String cell) {
    return cell == null ? "" : cell.replace("\\n", "\n");
  }
}
