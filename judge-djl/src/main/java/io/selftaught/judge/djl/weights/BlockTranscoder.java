package io.selftaught.judge.djl.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Converts stored blocks to elements of a target type, a small chunk at a time. Holds the scratch
 * space for that, so one serves a single read.
 */
final class BlockTranscoder {

  /** Elements converted at once: a multiple of every block size, and small enough for the cache. */
  private static final int CHUNK = 8192;

  private final StoredType type;
  private final ElementType target;
  private final ByteBuffer out;
  private final byte[] blocks;
  private final float[] floats;
  private final short[] halves;

  /** Writes to {@code out} from its position on; the order of {@code out} is set to native. */
  BlockTranscoder(StoredType type, ElementType target, ByteBuffer out) {
    this.type = type;
    this.target = target;
    this.out = out.order(ByteOrder.nativeOrder());
    blocks = new byte[CHUNK / type.blockElements() * type.blockBytes()];
    floats = new float[CHUNK];
    halves = new short[target == ElementType.BF16 ? CHUNK : 0];
  }

  /** Converts the remaining bytes of {@code source}, a whole number of blocks. */
  void convert(ByteBuffer source) {
    if (type.is(target) && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
      out.put(source);
      return;
    }
    while (source.hasRemaining()) {
      int bytes = Math.min(source.remaining(), blocks.length);
      source.get(blocks, 0, bytes);
      int count = bytes / type.blockBytes();
      type.decoder().decode(blocks, count, floats);
      put(count * type.blockElements());
    }
  }

  private void put(int elements) {
    if (target == ElementType.F32) {
      out.asFloatBuffer().put(floats, 0, elements);
    } else {
      for (int i = 0; i < elements; i++) {
        halves[i] = Floats.toBf16(floats[i]);
      }
      out.asShortBuffer().put(halves, 0, elements);
    }
    out.position(out.position() + elements * target.bytes());
  }
}
