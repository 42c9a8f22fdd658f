package io.selftaught.judge.djl.decoder;

/** How the matrices that inputs are multiplied with are held. */
public enum Quantisation {
  /** In the type that is computed in. */
  NONE,
  /** As integers of 8 bits, one scale to a row; inputs are rounded likewise for each product. */
  INT8,
  /**
   * As numbers of 4 bits, of which 32 of a row share a scale and a zero in bf16. The head is as in
   * {@link #INT8}, and so are matrices that don't divide into the blocks that are multiplied. Rows
   * that are looked up, of embedding and head, are bytes with a scale in bf16.
   */
  INT4
}
