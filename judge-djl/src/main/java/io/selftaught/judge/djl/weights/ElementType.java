package io.selftaught.judge.djl.weights;

/** What tensors are read as. */
public enum ElementType {
  /** IEEE 754 single precision. */
  F32(4),
  /** The upper half of single precision, rounded to nearest, ties to even. */
  BF16(2);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the bytes of one element. */
  public int bytes() {
    return bytes;
  }
}
