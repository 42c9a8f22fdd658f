package io.selftaught.judge.core.select;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Texts as words, for comparing what they say rather than how they are typed.
 *
 * <p>A word is a run of letters and digits in lower case. Scripts that put no space between words
 * count each character as one.
 */
final class Words {

  private static final String UNSPACED = "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}";
  private static final Pattern WORD =
      Pattern.compile("[" + UNSPACED + "]|[\\p{L}\\p{M}\\p{N}&&[^" + UNSPACED + "]]+");

  private Words() {}

  /** Returns the words of a text, in order. */
  static List<String> of(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
  }

  /**
   * Returns the different runs of {@code n} words in a text. A shorter text is one run as a whole,
   * so that it still equals its copies; a text without words is its own run.
   */
  static Set<String> runs(String text, int n) {
    List<String> words = of(text);
    if (words.isEmpty()) {
      return Set.of(text.strip());
    }
    Set<String> runs = new LinkedHashSet<>();
    for (int end = Math.min(n, words.size()); end <= words.size(); end++) {
      runs.add(String.join(" ", words.subList(Math.max(0, end - n), end)));
    }
    return runs;
  }
}
