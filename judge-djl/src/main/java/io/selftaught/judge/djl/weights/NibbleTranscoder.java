package io.selftaught.judge.djl.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Copies the numbers out of blocks of 4-bit numbers; serves a single read. */
final class NibbleTranscoder {

  /** Elements copied at once: a multiple of every block size. */
  private static final int CHUNK = 8192;

  private final StoredType type;
  private final NibbleReader reader;
  private final ByteBuffer numbers;
  private final ByteBuffer groups;
  private final byte[] blocks;
  private final byte[] someNumbers = new byte[CHUNK];
  private final float[] someGroups = new float[2 * CHUNK / NibbleReader.GROUP];

  /** Writes to both buffers from their positions on. */
  NibbleTranscoder(StoredType type, ByteBuffer numbers, ByteBuffer groups) {
    this.type = type;
    this.reader = type.nibbles().orElseThrow();
    this.numbers = numbers;
    this.groups = groups.order(ByteOrder.nativeOrder());
    blocks = new byte[CHUNK / type.blockElements() * type.blockBytes()];
  }

  /** Copies the remaining bytes of {@code source}, a whole number of blocks. */
  void convert(ByteBuffer source) {
    while (source.hasRemaining()) {
      int bytes = Math.min(source.remaining(), blocks.length);
      source.get(blocks, 0, bytes);
      int count = bytes / type.blockBytes();
      reader.read(blocks, count, someNumbers, someGroups);
      int elements = count * type.blockElements();
      numbers.put(someNumbers, 0, elements);
      int scales = 2 * elements / NibbleReader.GROUP;
      groups.asFloatBuffer().put(someGroups, 0, scales);
      groups.position(groups.position() + scales * Float.BYTES);
    }
  }
}
