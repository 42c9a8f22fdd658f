package io.selftaught.judge.djl.text;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Looks in a regular expression for what makes backtracking explode: a repeated group that repeats
 * something itself, as in {@code (a+)+}, and references to groups.
 *
 * <p>The library gives a text up after ten million steps, and ends the process with it. No
 * tokenizer of a known model has such an expression. A bounded number of repetitions counts like
 * any other, {@code ?} doesn't.
 */
final class RepetitionScan {

  private final String regex;
  private final Deque<Boolean> open = new ArrayDeque<>();
  private boolean repeats;
  private int at;

  RepetitionScan(String regex) {
    this.regex = regex;
  }

  boolean isRisky() {
    while (at < regex.length()) {
      char c = regex.charAt(at++);
      switch (c) {
        case '\\' -> {
          if (at < regex.length() && "123456789gk".indexOf(regex.charAt(at)) >= 0) {
            return true;
          }
          skipEscape();
        }
        case '[' -> skipClass();
        case '(' -> {
          open.push(repeats);
          repeats = false;
          skipOneOf("?"); // what follows says the kind of the group
        }
        case ')' -> {
          if (repeats && isRepetition()) {
            return true;
          }
          repeats |= !open.isEmpty() && open.pop();
        }
        default -> {
          at--;
          repeats |= isRepetition();
          at++;
        }
      }
    }
    return false;
  }

  /** Returns whether a repetition is next. */
  private boolean isRepetition() {
    if (at == regex.length()) {
      return false;
    }
    char c = regex.charAt(at);
    return c == '*' || c == '+' || c == '{';
  }

  private void skipEscape() {
    boolean braces = skipOneOf("pPx") && skipOneOf("{");
    if (braces) {
      int end = regex.indexOf('}', at);
      at = end < 0 ? regex.length() : end + 1;
    } else {
      at = Math.min(at + 1, regex.length());
    }
  }

  private boolean skipOneOf(String characters) {
    boolean found = at < regex.length() && characters.indexOf(regex.charAt(at)) >= 0;
    at += found ? 1 : 0;
    return found;
  }

  /** Skips a set of characters, which may hold others. */
  private void skipClass() {
    skipOneOf("^");
    skipOneOf("]");
    for (int depth = 1; depth > 0 && at < regex.length(); at++) {
      switch (regex.charAt(at)) {
        case '\\' -> at++;
        case '[' -> depth++;
        case ']' -> depth--;
        default -> {
          continue;
        }
      }
    }
  }
}
