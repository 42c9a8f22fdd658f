package io.selftaught.judge.djl.weights;

/**
 * Takes blocks apart whose elements are {@code scale * number + minimum}, with numbers of 4 bits.
 */
@FunctionalInterface
interface NibbleReader {

  /** Elements that share a scale and a minimum. */
  int GROUP = 32;

  /**
   * Takes the first {@code count} blocks of {@code blocks} apart.
   *
   * @param numbers takes a number an element
   * @param groups takes scale and minimum, one after the other, of each group of {@link #GROUP}
   */
  void read(byte[] blocks, int count, byte[] numbers, float[] groups);
}
