package io.selftaught.judge.core.prompt;

import io.selftaught.judge.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The passages of a judgment in which a judge repeats what others wrote.
 *
 * <p>Two signs: how it is written (block quotes, quotation marks, code), and that the same words
 * stand in the prompt or in an answer. Quotation marks around a verdict and nothing else are
 * emphasis, not a quotation. A verdict line that the judge wrote itself can happen to read like one
 * in an answer; so of copied words only those beyond the verdict count.
 */
final class Quotations {

  /** So many letters and digits around a marker that also surround it in an answer: a copy. */
  private static final int COPIED_CHARACTERS = 8;

  private static final Pattern BLOCK_QUOTE = Pattern.compile("(?m)^[ \t]*>.*$");

  private static final String CODE_BLOCK = "```";

  private final String text;
  private final List<String> sources;
  private final List<Passage> blockQuotes;
  private final List<Passage> marked;

  Quotations(String text, Comparison shown) {
    this(text, List.of(shown.prompt(), shown.a(), shown.b(), shown.reference().orElse("")));
  }

  Quotations(String text, List<String> sources) {
    this.text = text;
    this.sources = sources;
    blockQuotes = text.indexOf('>') < 0 ? List.of() : blockQuotes(text);
    marked = marked(withoutUnclosed(withoutUnclosed(text, '“', '”'), '«', '»'));
  }

  /**
   * Returns a text with blanks for the opening marks that none closes on their line: each would be
   * followed to the end of the line.
   */
  private static String withoutUnclosed(String text, char opening, char closing) {
    if (text.indexOf(opening) < 0) {
      return text;
    }
    StringBuilder closed = new StringBuilder(text);
    boolean closes = false;
    for (int i = text.length() - 1; i >= 0; i--) {
      char c = text.charAt(i);
      closes = c == closing || (closes && c != '\n');
      if (c == opening && !closes) {
        closed.setCharAt(i, ' ');
      }
    }
    return closed.toString();
  }

  /** Returns what stands in quotation marks that close on their line, or in code. */
  private static List<Passage> marked(String text) {
    List<Passage> passages = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = endOfMarked(text, at);
      if (end > at) {
        passages.add(new Passage(at, end));
      }
      at = Math.max(end, at + 1);
    }
    return passages;
  }

  /** Returns the end of the passage that a mark at {@code start} opens, or -1 if none does. */
  private static int endOfMarked(String text, int start) {
    return switch (text.charAt(start)) {
      case '"' -> endOfQuoted(text, start, '"');
      case '“' -> endOfQuoted(text, start, '”');
      case '«' -> endOfQuoted(text, start, '»');
      case '`' ->
          text.startsWith(CODE_BLOCK, start) ? endOfBlock(text, start) : endOfCode(text, start);
      default -> -1;
    };
  }

  private static int endOfQuoted(String text, int start, char closing) {
    int end = start + 1;
    while (end < text.length() && text.charAt(end) != closing && text.charAt(end) != '\n') {
      end++;
    }
    return end < text.length() && text.charAt(end) == closing ? end + 1 : -1;
  }

  private static int endOfBlock(String text, int start) {
    int end = text.indexOf(CODE_BLOCK, start + CODE_BLOCK.length());
    return end < 0 ? text.length() : end + CODE_BLOCK.length();
  }

  private static int endOfCode(String text, int start) {
    int end = endOfQuoted(text, start, '`');
    return end - start > 2 ? end : -1;
  }

  private static List<Passage> blockQuotes(String text) {
    return BLOCK_QUOTE
        .matcher(text)
        .results()
        .map(quote -> new Passage(quote.start(), quote.end()))
        .toList();
  }

  /** Returns whether the marker is written as a quoted one. */
  boolean contains(Passage marker) {
    return blockQuotes.stream().anyMatch(quote -> quote.encloses(marker))
        || marked.stream().anyMatch(quote -> quote.encloses(marker) && !isEmphasis(quote, marker));
  }

  /** Returns whether the marker stands in words that others wrote. */
  boolean isCopied(Passage marker) {
    int own = startOfLabel(marker);
    return sources.stream().anyMatch(source -> isCopied(source, marker, own));
  }

  /** Whether nothing but the verdict stands in the passage, or on the marker's line of it. */
  private boolean isEmphasis(Passage quote, Passage marker) {
    int lineStart = Lines.start(text, marker.start());
    int lineEnd = Lines.end(text, marker.end());
    String before = text.substring(quote.start(), marker.start());
    String after = text.substring(marker.end(), quote.end());
    return VerdictLine.isNothingElse(text.substring(lineStart, lineEnd))
        || VerdictLine.NO_LETTERS.matcher(before + after).matches();
  }

  private boolean isCopied(String source, Passage marker, int own) {
    String wanted = text.substring(marker.start(), marker.end());
    int at = source.indexOf(wanted);
    while (at >= 0 && commonAround(source, at, marker, own) < COPIED_CHARACTERS) {
      at = source.indexOf(wanted, at + 1);
    }
    return at >= 0;
  }

  /**
   * Counts letters and digits that precede and follow the verdict in both texts alike.
   *
   * @param own where the verdict begins, at the marker or before
   */
  private int commonAround(String source, int at, Passage marker, int own) {
    int from = marker.start();
    for (int i = at; from > 0 && i > 0 && text.charAt(from - 1) == source.charAt(i - 1); i--) {
      from--;
    }
    int to = marker.end();
    int i = at + marker.end() - marker.start();
    while (to < text.length() && i < source.length() && text.charAt(to) == source.charAt(i)) {
      to++;
      i++;
    }
    return letters(text.substring(Math.min(from, own), own))
        + letters(text.substring(marker.end(), to));
  }

  /** Returns where the verdict begins: at the marker, or at the label that fills its line. */
  private int startOfLabel(Passage marker) {
    int lineStart = Lines.start(text, marker.start());
    String before = text.substring(lineStart, marker.start());
    return VerdictLine.LABEL.matcher(before).matches() ? lineStart : marker.start();
  }

  private static int letters(String passage) {
    return (int) passage.chars().filter(Character::isLetterOrDigit).count();
  }

  /** A part of the text. */
  record Passage(int start, int end) {
    boolean encloses(Passage other) {
      return start <= other.start && other.end <= end;
    }
  }
}
