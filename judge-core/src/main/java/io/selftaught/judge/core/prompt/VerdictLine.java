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
