package io.selftaught.judge.core.prompt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What remains of a text without its {@code <think>} blocks.
 *
 * @param rest the text behind the last block and, if another one is open, before that
 * @param open whether a block was begun and not ended
 */
record Draft(String rest, boolean open) {

  /** Ends a block that is open. */
  static final String END = "</think>";

  private static final Pattern LAST_END = Pattern.compile("(?is).*</think(ing)?>");

  /** Elsewhere than at the beginning of a line the tag is only talked about. */
  static final Pattern BEGIN = Pattern.compile("(?im)^[^\\S\\r\\n]*+<think(ing)?>");

  static Draft strip(String text) {
    if (text.indexOf('<') < 0) {
      return new Draft(text, false); // As most are: no need to search.
    }
    Matcher end = LAST_END.matcher(text);
    String rest = end.lookingAt() ? text.substring(end.end()) : text;
    Matcher begin = BEGIN.matcher(rest);
    return begin.find()
        ? new Draft(rest.substring(0, begin.start()), true)
        : new Draft(rest, false);
  }
}
