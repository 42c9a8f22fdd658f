package io.selftaught.judge.core.prompt;

import com.google.common.base.CharMatcher;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.Preference;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The forms in which weak models give a verdict instead of the marker they were asked for: a line
 * that is nothing else, or a {@link Statement} that ends it.
 */
final class LenientLine {

  private static final String LETTER = "(?<letter>a|b|c|tie)";

  /** "A", "(B)", "**Answer A**", "[[Answer B]". */
  private static final String NAME =
      "(?:the )?" + VerdictWords.NOUN + "?[ :]*[\\[(]*" + LETTER + "[\\])]*";

  /** "Verdict: A", "My final verdict is Answer B". */
  private static final Pattern LABELLED =
      Pattern.compile(
          "(?:so |thus |therefore |overall )?(?:i (?:would )?(?:"
              + VerdictWords.CHOOSING
              + ") )?(?:my |the )?(?:final |overall |better |best )*+(?:assistant|response|preference|"
              + VerdictWords.VERDICT
              + ")?"
              + "(?: is| goes to)?(?: ?[:=-])? ?"
              + NAME);

  private static final CharMatcher MARKS = CharMatcher.anyOf("*_`\"“”#");

  private static final CharMatcher STOPS = CharMatcher.anyOf(".!");

  private static final CharMatcher BLANKS = CharMatcher.anyOf(" \t\n\u000B\f\r");

  private static final Pattern SENTENCE_END = Pattern.compile("[.!?][\"”*_)]* ");

  private static final Pattern QUOTATION_MARK = Pattern.compile("[\"“”]");

  private static final Pattern BOTH =
      Pattern.compile("(?:.*\\W)?(?:A\\W+(?:\\w+ )?B|B\\W+(?:\\w+ )?A)(?:\\W.*)?");

  private static final Pattern WHOLE_NAME = Pattern.compile(NAME);

  private LenientLine() {}

  /**
   * Returns the preference that the last line of a text, or its last sentence, states in words that
   * the judge did not copy.
   *
   * @param line the last line that is not blank
   */
  static Optional<Preference> read(String line, String text, Comparison shown, boolean ties) {
    String plain = plain(line);
    Matcher labelled = LABELLED.matcher(plain);
    if (labelled.matches()) {
      return isCopied(plain, plain.length(), text, shown)
          ? Optional.empty()
          : letter(labelled.group("letter"), ties);
    }
    String sentence = line.substring(startOfLastSentence(line));
    if (QUOTATION_MARK.matcher(sentence).results().count() % 2 == 1) {
      return Optional.empty();
    }
    return Statement.read(unmarked(sentence))
        .filter(choice -> !isCopied(plain(sentence), choice.end(), text, shown))
        .flatMap(choice -> letter(choice.letter(), ties));
  }

  /**
   * Returns whether the words at the end of the text stand in what was judged as well, with more
   * around them than their first {@code own} characters, which anybody might write.
   */
  private static boolean isCopied(String words, int own, String text, Comparison shown) {
    String ownWords = words.substring(0, own);
    List<String> sources =
        Stream.of(shown.prompt(), shown.a(), shown.b(), shown.reference().orElse(""))
            .map(LenientLine::plain)
            .filter(source -> source.contains(ownWords))
            .toList();
    if (sources.isEmpty()) {
      return false;
    }
    String all = plain(text);
    int start = all.length() - words.length();
    return new Quotations(all, sources).isCopied(new Quotations.Passage(start, start + own));
  }

  private static int startOfLastSentence(String line) {
    Matcher end = SENTENCE_END.matcher(line.stripTrailing());
    int start = 0;
    while (end.find()) {
      start = end.end();
    }
    return start;
  }

  /** Returns the preference that the inside of a marker states. */
  static Optional<Preference> preference(String content, boolean ties) {
    Matcher matcher = WHOLE_NAME.matcher(plain(content));
    return matcher.matches() ? letter(matcher.group("letter"), ties) : Optional.empty();
  }

  /** Returns whether the inside of a marker names both answers, as in {@code A/B}. */
  static boolean namesBoth(String content) {
    return BOTH.matcher(content).matches();
  }

  private static Optional<Preference> letter(String letter, boolean ties) {
    return switch (letter) {
      case "a" -> Optional.of(Preference.A);
      case "b" -> Optional.of(Preference.B);
      default -> ties ? Optional.of(Preference.TIE) : Optional.empty();
    };
  }

  private static String plain(String text) {
    return unmarked(text).toLowerCase(Locale.ROOT);
  }

  /** Takes off emphasis, quotation marks and the final stop. */
  private static String unmarked(String text) {
    return BLANKS.collapseFrom(STOPS.trimTrailingFrom(MARKS.removeFrom(text).strip()), ' ');
  }
}
