package io.selftaught.judge.djl.generate;

import java.util.ArrayList;
import java.util.List;

/**
 * The texts that a sample may consist of, as token sequences, and how far it has come in them. A
 * sample is complete as soon as only one text is left: the rest of it needs no asking.
 */
final class Choices {

  private final List<String> texts;
  private final List<int[]> tokens;
  private int depth;

  /**
   * Starts at the beginning of all texts.
   *
   * @param tokens the tokens of each text
   */
  Choices(List<String> texts, List<int[]> tokens) {
    this.texts = new ArrayList<>(texts);
    this.tokens = new ArrayList<>(tokens);
  }

  /** Returns the different tokens that may come next. */
  int[] allowed() {
    return tokens.stream().mapToInt(t -> t[depth]).distinct().toArray();
  }

  /** Takes a token that {@link #allowed} names. */
  void accept(int id) {
    for (int i = tokens.size() - 1; i >= 0; i--) {
      if (tokens.get(i)[depth] != id) {
        tokens.remove(i);
        texts.remove(i);
      }
    }
    depth++;
  }

  /**
   * Returns whether a single text is left. Of texts that begin alike, one that ends is preferred to
   * one that goes on.
   */
  boolean isComplete() {
    return tokens.size() == 1 || tokens.stream().anyMatch(t -> t.length == depth);
  }

  /** Returns the text of a complete choice. */
  String text() {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).length == depth) {
        return texts.get(i);
      }
    }
    return texts.get(0);
  }
}
