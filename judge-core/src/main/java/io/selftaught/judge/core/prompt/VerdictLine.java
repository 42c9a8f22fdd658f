package io.selftaught.judge.core.prompt;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a line that gives a verdict is made of. */
final class VerdictLine {

  /** Anything in double brackets. */
  static final Pattern MARKER = Pattern.compile("\\[\\[([^\\[\\]\\n]{1,40})\\]\\]");

  /** Words that announce a verdict and say nothing else. */
  static final Pattern LABEL =
      Pattern.compile("(?i)\\W*+(?:(?:" + VerdictWords.LABELLING + ")\\W++)*+");

  private static final Pattern ANNOUNCED =
      Pattern.compile(
          "(?i)(?:^|[.!?,;:] |\\b(?:"
              + VerdictWords.CONCLUDING
              + ") )\\W*+(?:(?:"
              + VerdictWords.LABELLING
              + "|best|response|clearly|i|would|say|go|with|"
              + VerdictWords.CHOOSING
              + ")\\W++)*+$");

  private static final Pattern REASONED =
      Pattern.compile(
          "(?i)\\W*[.!][^\\p{L}]*\\s|[^\\p{L}]*(?-i:\\s\\p{Lu})|\\W*(?:(?:because|since|as|for|due|given|over|based)\\b"
              + "|is (?:clearly |slightly |much )?(?:my |the )?(?:final |overall )?(?:verdict|choice|"
              + VerdictWords.BETTER
              + ")\\b)|\\W*[:(–—-]");

  private static final Pattern DENIAL =
      Pattern.compile(
          "(?i)\\b(?:not|never|cannot|nor|neither|hardly|wrong to|instead of|rather than)\\b|n['’]t\\b");

  private static final Pattern CLAUSE_END =
      Pattern.compile("(?i)[.!?,;:]\\s|\\b(?:but|" + VerdictWords.CONCLUDING + ")\\b");

  private static final Pattern SUPPOSITION = Pattern.compile("(?i)\\b(?:if|unless|whether)\\b");

  private static final Pattern SENTENCE_END = Pattern.compile("[.!?]\\s");

  /** What can stand behind a verdict that ends its line; a question is no verdict. */
  static final Pattern ENDS = Pattern.compile("[^\\p{L}\\p{N}?]*");

  static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]*");

  /** As far from a marker as this nothing announces it or gives a reason for it. */
  private static final int WINDOW = 400;

  private VerdictLine() {}

  /** Returns whether a line ends in a clause that leads up to a verdict: "…, so I would choose". */
  static boolean isAnnounced(CharSequence before) {
    return ANNOUNCED
        .matcher(before)
        .region(Math.max(0, before.length() - WINDOW), before.length())
        .useAnchoringBounds(false)
        .useTransparentBounds(true)
        .find();
  }

  /**
   * Returns whether a line goes on with what a verdict may be followed by: a new sentence, why, or
   * that it is the better one.
   */
  static boolean isReasoned(CharSequence after) {
    return REASONED.matcher(after).region(0, Math.min(WINDOW, after.length())).lookingAt();
  }

  /** Returns whether a line ends in a clause that denies or supposes the verdict behind it. */
  static boolean isOnlySupposed(CharSequence before) {
    return isOpen(DENIAL, CLAUSE_END, before) || isOpen(SUPPOSITION, SENTENCE_END, before);
  }

  private static boolean isOpen(Pattern beginning, Pattern end, CharSequence text) {
    int lastEnd = lastStart(end, text, Math.max(0, text.length() - WINDOW));
    if (lastEnd < 0) {
      lastEnd = Math.max(0, lastStart(end, text, 0));
    }
    return within(beginning, text, lastEnd).find();
  }

  private static int lastStart(Pattern pattern, CharSequence text, int from) {
    return within(pattern, text, from).results().mapToInt(MatchResult::start).max().orElse(-1);
  }

  private static Matcher within(Pattern pattern, CharSequence text, int from) {
    return pattern.matcher(text).region(from, text.length()).useTransparentBounds(true);
  }

  /** Returns whether the line holds one marker, at most announced, and nothing else. */
  static boolean isNothingElse(String line) {
    Matcher marker = MARKER.matcher(line);
    return marker.find()
        && LABEL.matcher(line.substring(0, marker.start())).matches()
        && NO_LETTERS.matcher(line.substring(marker.end())).matches();
  }
}
