package io.selftaught.judge.core.prompt;

import io.selftaught.judge.Preference;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forms in which weak models give a verdict instead of the marker they were asked for. Each
 * must fill its line, or a plain statement the last sentence of it: a sentence that says more than
 * the verdict is not read.
 */
final class LenientLine {

  private static final String NOUN = "(?:answer|assistant|response|output|option|choice)";
  private static final String LETTER = "(?<letter>a|b|c|tie)";

  /** "A", "(B)", "**Answer A**", "[[Answer B]". */
  private static final String NAME = "(?:the )?" + NOUN + "?[ :]*[\\[(]*" + LETTER + "[\\])]*";

  /** "Verdict: A", "My final verdict is Answer B". */
  private static final Pattern LABELLED =
      Pattern.compile(
          "(?:so |thus |therefore |overall )?(?:i (?:would )?(?:choose|prefer|pick|select) )?(?:my |the )?(?:final |overall |better |best )*"
              + "(?:verdict|answer|assistant|response|decision|choice|judge?ment|winner|preference)?"
              + "(?: is| goes to)?(?: ?[:=-])? ?"
              + NAME);

  /** "Overall, Answer B is clearly the better one." */
  private static final Pattern SENTENCE =
      Pattern.compile(
          "(?:so|thus|therefore|hence|overall|in conclusion|in summary)?,? ?(?:the )?"
              + NOUN
              + " "
              + LETTER
              + " (?:is|was) (?:the )?(?:clearly |slightly |much |overall |overall the )?"
              + "(?:better|best|superior|stronger|preferred|winner)"
              + "(?: answer| response| one| choice| overall| than (?:the )?"
              + NOUN
              + "? ?[ab])?");

  private static final Pattern SENTENCE_END = Pattern.compile("[.!?] ");

  private static final Pattern BOTH =
      Pattern.compile("(?:.*\\W)?(?:A\\W+(?:\\w+ )?B|B\\W+(?:\\w+ )?A)(?:\\W.*)?");

  private static final Pattern WHOLE_NAME = Pattern.compile(NAME);

  private LenientLine() {}

  /** Returns the preference that a line, or its last sentence, states and says nothing else. */
  static Optional<Preference> read(String line, boolean ties) {
    String plain = plain(line);
    Matcher labelled = LABELLED.matcher(plain);
    if (labelled.matches()) {
      return letter(labelled.group("letter"), ties);
    }
    Matcher sentence = SENTENCE.matcher(plain.substring(startOfLastSentence(plain)));
    return sentence.matches() ? letter(sentence.group("letter"), ties) : Optional.empty();
  }

  private static int startOfLastSentence(String line) {
    Matcher end = SENTENCE_END.matcher(line);
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

  /** Takes off emphasis, quotation marks and the final stop. */
  private static String plain(String line) {
    return line.replaceAll("[*_`\"“”#]", "")
        .strip()
        .replaceAll("[.!]+$", "")
        .replaceAll("\\s+", " ")
        .toLowerCase(Locale.ROOT);
  }
}
