package io.selftaught.judge.djl.weights;

/** Where in the file the rows of a tensor lie. */
@FunctionalInterface
interface RowOrder {

  /** Row {@code i} is row {@code i} of the file. */
  RowOrder AS_STORED = row -> row;

  /** Returns which row of the file is row {@code row} of the tensor. */
  long source(long row);

  /**
   * Undoes the row order of the query and key projections in GGUF files of Llama models.
   *
   * <p>Rotary embedding turns pairs of dimensions of a head. Hugging Face pairs dimension {@code i}
   * with {@code i + n/2}; ggml's Llama pairs {@code 2i} with {@code 2i + 1}, and so its converter
   * interleaves the two halves of each head's {@code n} rows.
   */
  static RowOrder deinterleaved(long headRows) {
    long half = headRows / 2;
    return row -> {
      long head = row / headRows;
      long inHead = row % headRows;
      return head * headRows + inHead % half * 2 + inHead / half;
    };
  }
}
