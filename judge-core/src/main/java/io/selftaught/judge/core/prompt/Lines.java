package io.selftaught.judge.core.prompt;

/** Where the lines of a text begin and end. */
final class Lines {

  private Lines() {}

  /** Returns the last line that is not blank. */
  static String last(String text) {
    String stripped = text.stripTrailing();
    return stripped.substring(start(stripped, stripped.length()));
  }

  /** Returns the offset at which the line around {@code offset} begins. */
  static int start(String text, int offset) {
    return text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Returns the offset of the line feed, or of the end of the text, after {@code offset}. */
  static int end(String text, int offset) {
    int end = text.indexOf('\n', offset);
    return end < 0 ? text.length() : end;
  }
}
