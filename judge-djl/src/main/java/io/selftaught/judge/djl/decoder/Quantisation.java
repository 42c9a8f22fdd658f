package io.selftaught.judge.djl.decoder;

/** How the matrices that inputs are multiplied with are held. */
public enum Quantisation {
  /** In the type that is computed in. */
  NONE,
  /** As integers of 8 bits, one scale to a row; inputs are rounded likewise for each product. */
  INT8
}
