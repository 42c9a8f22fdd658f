package io.selftaught.judge.djl.decoder;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import io.selftaught.judge.djl.weights.ElementType;
import java.util.Map;

/**
 * Keeps the projections of a bf16 model on the CPU in the layout that oneDNN multiplies from.
 *
 * <p>In the layout of a checkpoint every product first rearranges its matrix, which for the few
 * rows of a decoding step takes longer than the product. The rows of the embedding are also looked
 * up, so a head is kept in both layouts.
 */
final class Packing {

  private final boolean packs;
  private final String head;
  private final NativeMemory memory;

  private Packing(boolean packs, String head, NativeMemory memory) {
    this.packs = packs;
    this.head = head;
    this.memory = memory;
  }

  static Packing of(ElementType type, Device device, DecoderConfig config, NativeMemory memory) {
    boolean packs = type == ElementType.BF16 && device.equals(Device.cpu()) && memory.packs();
    return new Packing(packs, config.tieWordEmbeddings() ? "embedding" : "head", memory);
  }

  /** Returns whether of these numbers only a packed copy is kept. */
  boolean replaces(Stack stack) {
    return packs && stack.projection() && !stack.key().equals(head);
  }

  /**
   * Returns what is kept of a tensor, by its key in {@code weights.py}.
   *
   * @param array closed, unless it is itself kept
   */
  Map<String, NDArray> apply(Stack stack, NDArray array) {
    String key = stack.key();
    long rows = array.getShape().get(0);
    if (packs && key.equals(head)) {
      return Map.of(key, array, "packed_head", memory.pack(array, 0, rows));
    }
    if (!replaces(stack)) {
      return Map.of(key, array);
    }
    try (array) {
      if (!key.endsWith(".gate_up")) {
        return Map.of(key, memory.pack(array, 0, rows));
      }
      String layer = key.substring(0, key.indexOf('.') + 1);
      return Map.of(
          layer + "gate", memory.pack(array, 0, rows / 2),
          layer + "up", memory.pack(array, rows / 2, rows));
    }
  }
}
