package io.selftaught.judge.djl.weights;

/**
 * Turns the blocks of one storage type into floats.
 *
 * <p>The quantised layouts are those of ggml. A block holds 32 or 256 neighbouring elements of a
 * row as small integers beside their scales. The arithmetic and its order are those of the Python
 * package {@code gguf}, so the results are equal to the last bit.
 */
@FunctionalInterface
interface BlockDecoder {

  /**
   * Decodes the first {@code count} blocks of {@code blocks} to the start of {@code out}.
   * Multi-byte values are little endian.
   */
  void decode(byte[] blocks, int count, float[] out);
}
