package io.selftaught.judge.core.prompt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a line that gives a verdict is made of. */
final class VerdictLine {

  /** Anything in double brackets. */
  static final Pattern MARKER = Pattern.compile("\\[\\[([^\\[\\]\\n]{1,40})\\]\\]");

  /** Words that announce a verdict and say nothing else. */
  static final Pattern LABEL =
      Pattern.compile(
          "(?i)\\W*(?:(?:so|thus|therefore|hence|overall|my|the|final|better|verdict|answer|decision"
              + "|choice|judge?ment|winner|conclusion|is)\\W+)*");

  /** A clause that leads up to a verdict and says nothing else: "…, so I would choose". */
  static final Pattern ANNOUNCED =
      Pattern.compile(
          "(?i)(?:^|[.!?,;:] |\\b(?:so|thus|therefore|hence) )\\W*"
              + "(?:(?:so|thus|therefore|hence|overall|my|the|final|better|best|verdict|answer|decision"
              + "|choice|judge?ment|winner|conclusion|response|is|clearly|i|would|say|choose|prefer|pick"
              + "|select|go|with)\\W+)*$");

  /** What a verdict may be followed by: a new sentence, why, or that it is the better one. */
  static final Pattern REASONED =
      Pattern.compile(
          "(?i)\\W*[.!][^\\p{L}]*\\s|[^\\p{L}]*(?-i:\\s\\p{Lu})|\\W*(?:(?:because|since|as|for|due|given|over|based)\\b"
              + "|is (?:clearly |slightly |much )?(?:my |the )?(?:final |overall )?"
              + "(?:better|best|superior|stronger|preferred|winner|verdict|choice)\\b"
              + ")|\\W*[:(–—-]");

  /** A clause that denies or supposes the verdict at its end. */
  static final Pattern ONLY_SUPPOSED =
      Pattern.compile(
          "(?i)(?:\\b(?:not|never|cannot|nor|neither|hardly|wrong to|instead of|rather than)\\b|n['’]t\\b)"
              + "(?![^\\n]*(?:[.!?,;:]\\s|\\b(?:so|thus|therefore|hence|but)\\b))"
              + "|\\b(?:if|unless|whether)\\b(?![^\\n]*[.!?]\\s)");

  /** What can stand behind a verdict that ends its line; a question is no verdict. */
  static final Pattern ENDS = Pattern.compile("[^\\p{L}\\p{N}?]*");

  static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]*");

  private VerdictLine() {}

  /** Returns whether the line holds one marker, at most announced, and nothing else. */
  static boolean isNothingElse(String line) {
    Matcher marker = MARKER.matcher(line);
    return marker.find()
        && LABEL.matcher(line.substring(0, marker.start())).matches()
        && NO_LETTERS.matcher(line.substring(marker.end())).matches();
  }
}
