package io.selftaught.judge.core.score;

/**
 * The whole numbers that marks are given in.
 *
 * @param worst the mark of an answer that could not be worse
 * @param best the mark of an answer that could not be better, above {@code worst}
 */
public record Scale(int worst, int best) {

  public Scale {
    if (worst >= best) {
      throw new IllegalArgumentException(
          "worst must be below best, were " + worst + " and " + best);
    }
  }

  /** Returns the scale from 1 to 10. */
  public static Scale ofTen() {
    return new Scale(1, 10);
  }

  /** Returns whether a mark is on this scale. */
  public boolean contains(long mark) {
    return worst <= mark && mark <= best;
  }

  @Override
  public String toString() {
    return worst + " to " + best;
  }
}
