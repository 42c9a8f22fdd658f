package io.selftaught.judge.djl.decoder;

/**
 * What is known of the next token of each row: the likeliest tokens with their logits, the
 * log-sum-exp of all logits, and the logits of tokens that were asked for by name.
 *
 * <p>The layout is that of {@code candidates.py}: one row is {@code [log-sum-exp, log-sum-exp at
 * the row's temperature, K logits, K ids, E asked logits]}, the K logits in falling order.
 */
public final class Candidates {

  private final float[] values;
  private final int rows;
  private final int asked;
  private final int width;

  /**
   * Wraps what the decoder returned, in the layout above.
   *
   * @param rows the number of rows in {@code values}, ≥ 1
   * @param asked the number E of tokens asked for by name
   */
  public Candidates(float[] values, int rows, int asked) {
    this.values = values;
    this.rows = rows;
    this.asked = asked;
    this.width = values.length / rows;
  }

  /** Returns the number of rows. */
  public int rows() {
    return rows;
  }

  /** Returns the number K of likeliest tokens that are known of each row. */
  public int count() {
    return (width - 2 - asked) / 2;
  }

  /** Returns the natural logarithm of the sum of {@code exp(logit)} over the vocabulary. */
  public float logSumExp(int row) {
    return values[row * width];
  }

  /** Returns the logarithm of the sum of {@code exp(logit / temperature)} over the vocabulary. */
  public float scaledLogSumExp(int row) {
    return values[row * width + 1];
  }

  /** Returns the logit of the candidate of a rank, 0 for the likeliest. */
  public float logit(int row, int rank) {
    return values[row * width + 2 + rank];
  }

  /** Returns the token id of the candidate of a rank. */
  public int id(int row, int rank) {
    return (int) values[row * width + 2 + count() + rank];
  }

  /** Returns the logit of the token that was asked for at an index. */
  public float asked(int row, int index) {
    return values[row * width + width - asked + index];
  }
}
