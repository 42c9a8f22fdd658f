package io.selftaught.judge.core.prompt;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Exchanges the names of the two answers in a judge's reasons, so that they mean the caller's
 * answers after the two were shown in the other order.
 *
 * <p>A capital A or B that stands alone is a name if its neighbours make it one: "Answer A",
 * "[[A]]", "A is better than B", "(B)", "A's tone". The article ("A good answer"), marks ("A+"),
 * vitamins and plans stay. "First answer" and "second answer" become each other as well. Doing it
 * twice gives the text back.
 */
public final class Letters {

  private static final String NOUN =
      "(?:answer|assistant|response|output|reply|solution|candidate|model|summary|translation"
          + "|version|explanation|text)s?";

  /** Verbs with an adverb before them, maybe. No participles: "A failed attempt" has an article. */
  private static final String VERB =
      "(?:(?:also|only|just|simply|actually|correctly|clearly|directly|therefore|thus|then|still|even"
          + "|both|instead) )?"
          + "(?:is|was|has|had|does|did|can(?! of)|could|would|will|should|may|might|isn't|doesn't|provides"
          + "|gives|gave|offers|lacks|fails|contains|includes|wins|won|uses|makes|answers|explains"
          + "|states|says|claims|goes|went|covers|addresses|follows|misses|ignores|repeats|mentions"
          + "|presents|seems|appears|gets|focuses|stays|remains|sketches|describes|shows|adds|leaves"
          + "|invents|contradicts|responds|demonstrates|tries|attempts)\\b";

  private static final String JOIN = "(?:[, ]+(?:and|or|vs\\.?|versus|&|than|to)| ?[<>=]+) ?";

  /** A letter that stands alone, or an ordinal with the noun it belongs to. */
  private static final Pattern CANDIDATE =
      Pattern.compile(
          "(?=[ABFSfs])(?:" // What a match begins with, so that the rest is seldom tried.
              + "(?<![\\p{L}\\p{N}_+/'’-])[AB](?![\\p{L}\\p{N}_+#/-])"
              + "|\\b(?i:first|second)(?= (?i:"
              + NOUN
              + ")\\b))");

  /** "answer ", "Answers B and ", "prefer ", "than ", "verdict is ". */
  private static final Pattern AFTER_CUE =
      Pattern.compile(
          "(?i:\\b(?:"
              + NOUN
              + "|verdict is|winner is|choice is|than|prefer|prefers|choose|chose|pick|select|favou?rs?"
              + "|unlike|both|either|neither|between|compared (?:to|with)))[*_ ]{1,4}(?:[AB]"
              + JOIN
              + ")?$");

  /** "Verdict: ", with which an article could begin as well. */
  private static final Pattern AFTER_COLON =
      Pattern.compile("(?i:\\b(?:" + NOUN + "|verdict|winner|choice|decision)\\**: ?\\**)$");

  private static final Pattern SAYS_NO_MORE =
      Pattern.compile("[*_]*(?:[.,;)!]|\\s*\\R|\\s*$| (?:because|since|as|is)\\b)");

  /** Where a subject can stand: behind anything but a word that would own the letter. */
  private static final Pattern SUBJECT_PLACE =
      Pattern.compile(
          "(?:^|[^\\p{L}\\p{N} ] *|\\R *|(?i:\\b(?:that|because|since|while|whereas|but|and|or|if"
              + "|although|though|as|so|thus|hence|therefore|overall|think|believe|say|when|where"
              + "|then|however)) )$");

  private static final Pattern PREDICATE = Pattern.compile("['’]s\\b|[*_`]* " + VERB + "|: ");

  private static final Pattern SENTENCE_START =
      Pattern.compile("(?:^|[.!?:;*] *|\\R *|(?i:\\b(?:while|whereas|but|unlike|and)) )$");

  private static final Pattern JOINED = Pattern.compile(JOIN + "[AB]\\b(?!['’]?\\p{L})");

  private static final Pattern JOINED_BEFORE = Pattern.compile("\\b[AB]" + JOIN + "$");

  /** What is lettered in the answers themselves: "in sentence (A)", "option A". */
  private static final Pattern OF_THE_SUBJECT =
      Pattern.compile(
          "(?i:\\b(?:sentence|option|choice|part|statement|question|point|figure|case|group)s?) [(\"'*]*$");

  private static final int WINDOW = 48;

  private Letters() {}

  /** Returns the text with the names of the answers exchanged. */
  public static String swap(String text) {
    Matcher matcher = CANDIDATE.matcher(text);
    StringBuilder swapped = new StringBuilder(text.length());
    while (matcher.find()) {
      String found = matcher.group();
      boolean name = found.length() > 1 || isName(text, matcher.start(), matcher.end());
      matcher.appendReplacement(swapped, name ? other(found) : found);
    }
    return matcher.appendTail(swapped).toString();
  }

  private static boolean isName(String text, int start, int end) {
    String before = text.substring(Math.max(0, start - WINDOW), start);
    String after = text.substring(end, Math.min(text.length(), end + WINDOW));
    return isEnclosed(before, after)
        || AFTER_CUE.matcher(before).find()
        || (AFTER_COLON.matcher(before).find() && SAYS_NO_MORE.matcher(after).lookingAt())
        || (SUBJECT_PLACE.matcher(before).find()
            && (PREDICATE.matcher(after).lookingAt() || JOINED.matcher(after).lookingAt()))
        || (SENTENCE_START.matcher(before).find() && after.startsWith(", "))
        || isSecondOfTwo(before);
  }

  /** Whether the letter is the B of "A is fine, A and B are equal", whose A is a name itself. */
  private static boolean isSecondOfTwo(String before) {
    Matcher joined = JOINED_BEFORE.matcher(before);
    return joined.find() && SUBJECT_PLACE.matcher(before.substring(0, joined.start())).find();
  }

  private static boolean isEnclosed(String before, String after) {
    if (before.isEmpty() || after.isEmpty()) {
      return false;
    }
    int opening = "[(\"'“`*".indexOf(before.charAt(before.length() - 1));
    return opening >= 0
        && "])\"'”`*".charAt(opening) == after.charAt(0)
        && !OF_THE_SUBJECT.matcher(before).find();
  }

  private static String other(String name) {
    return switch (name) {
      case "A" -> "B";
      case "B" -> "A";
      default -> otherOrdinal(name);
    };
  }

  private static String otherOrdinal(String ordinal) {
    String other = ordinal.toLowerCase(Locale.ROOT).equals("first") ? "second" : "first";
    if (ordinal.equals(ordinal.toUpperCase(Locale.ROOT))) {
      return other.toUpperCase(Locale.ROOT);
    }
    return Character.isUpperCase(ordinal.charAt(0))
        ? other.substring(0, 1).toUpperCase(Locale.ROOT) + other.substring(1)
        : other;
  }
}
