package io.selftaught.judge.djl.text;

import java.util.Arrays;

/**
 * Turns the token ids of one generation into text as they arrive, whole characters only. Not
 * thread-safe; one generation each.
 *
 * <p>What a token adds cannot be decoded alone: a character may be spread over several tokens, and
 * some tokenizers drop the space before the first word of what they decode. So a window of recent
 * tokens is decoded with and without the new ones, and the difference is the new text; while it
 * ends in the replacement character, a character may still be incomplete and nothing is given out.
 * The pieces together equal {@link ChatTokenizer#decode} of all ids where the tokenizer decodes
 * bytes one by one (every byte-level BPE). With SentencePiece's byte fallback, where one bad byte
 * spoils its whole run, they can differ after bytes that are no UTF-8.
 */
public final class IncrementalDecoder {

  private static final char REPLACEMENT = '\uFFFD';

  private final NativeTokenizer tokenizer;
  private int[] window = new int[16];
  private int size;
  // The first `given` tokens of the window have been given out; their text is `context`.
  private int given;
  private String context = "";

  IncrementalDecoder(NativeTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** Adds a token and returns the characters that it completes, often none. */
  public String push(int id) {
    add(id);
    String text = text();
    if (text.length() <= context.length() || text.charAt(text.length() - 1) == REPLACEMENT) {
      return "";
    }
    String added = text.substring(context.length());
    window = Arrays.copyOfRange(window, given, Math.max(size, given + 16));
    size -= given;
    given = size;
    context = text();
    return added;
  }

  /** Adds a token whose text can wait for {@link #finish}, which costs nothing until then. */
  public void add(int id) {
    if (size == window.length) {
      window = Arrays.copyOf(window, size * 2);
    }
    window[size++] = id;
  }

  /** Returns what is left, with the replacement character for what never became a character. */
  public String finish() {
    String text = text();
    String added = text.substring(Math.min(context.length(), text.length()));
    given = size;
    context = text;
    return added;
  }

  private String text() {
    return tokenizer.decode(Arrays.copyOf(window, size), true);
  }
}
