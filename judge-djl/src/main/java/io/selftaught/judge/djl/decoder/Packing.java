package io.selftaught.judge.djl.decoder;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.weights.Checkpoint;
import io.selftaught.judge.djl.weights.ElementType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the projections of a bf16 model on the CPU in the layout that oneDNN multiplies from, and
 * quantised ones likewise.
 *
 * <p>In the layout of a checkpoint every product first rearranges its matrix, which for the few
 * rows of a decoding step takes longer than the product. The rows of the embedding are also looked
 * up, and those of a head multiplied again for the likeliest tokens, so that they stay as they are
 * beside a packed head.
 */
final class Packing {

  private final ElementType type;
  private final boolean packs;
  private final Optional<Int8Packing> int8;
  private final Optional<Int4Packing> int4;
  private final String head;
  private final NDArray like;
  private final NativeMemory memory;

  private Packing(Precision precision, DecoderConfig config, NDArray like, NativeMemory memory) {
    boolean host = like.getDevice().equals(Device.cpu());
    this.type = precision.type();
    this.packs = precision.equals(Precision.of(ElementType.BF16)) && host && memory.packs();
    this.int8 =
        precision.quantisation() == Quantisation.NONE
            ? Optional.empty()
            : Optional.of(Int8Packing.of(memory));
    this.int4 =
        precision.quantisation() == Quantisation.INT4
            ? Optional.of(Int4Packing.of(memory))
            : Optional.empty();
    this.head = head(config);
    this.like = like;
    this.memory = memory;
  }

  /**
   * Returns the packing for weights.
   *
   * @param like an array that lies where the weights are to lie
   * @throws InvalidInputException if weights there can't be held so
   */
  static Packing of(Precision precision, DecoderConfig config, NDArray like, NativeMemory memory) {
    if (precision.quantisation() != Quantisation.NONE) {
      check(precision.quantisation(), config, like.getDevice());
    }
    return new Packing(precision, config, like, memory);
  }

  private static void check(Quantisation quantisation, DecoderConfig config, Device device) {
    if (device.isGpu()) {
      throw new InvalidInputException(
          "%s weights are for the CPU: load the model in BF16, or choose the CPU"
              .formatted(quantisation));
    }
    if (config.layers().stream().anyMatch(DecoderConfig.Layer::mixed)) {
      throw new InvalidInputException(
          "%s weights are not for mixtures of experts such as %s: load the model in BF16"
              .formatted(quantisation, config.modelType()));
    }
  }

  private static String head(DecoderConfig config) {
    return config.tieWordEmbeddings() ? "embedding" : "head";
  }

  /** Returns the bytes of what is kept of a tensor, but for the second layout of a bf16 head. */
  static long bytes(Stack stack, DecoderConfig config, Precision precision) {
    long plain = MatrixPacking.elements(stack.shape()) * precision.type().bytes();
    if (precision.quantisation() == Quantisation.NONE) {
      return plain;
    }
    if (precision.quantisation() == Quantisation.INT4 && isLookedUp(stack)) {
      plain = RowPacking.bytes(stack.shape());
    }
    if (stack.projection()) {
      return precision.quantisation() == Quantisation.INT4 && Int4Packing.fits(stack.shape())
          ? Int4Packing.bytes(stack.shape())
          : Int8Packing.bytes(stack.shape());
    }
    return stack.key().equals(head(config)) ? plain + Int8Packing.bytes(stack.shape()) : plain;
  }

  /** Reads a tensor and returns what is kept of it, by its key in {@code weights.py}. */
  Map<String, NDArray> read(Stack stack, Checkpoint checkpoint) {
    if (int8.isPresent() && stack.projection()) {
      return int4.isPresent() && Int4Packing.fits(stack.shape())
          ? int4.get().read(stack, checkpoint)
          : int8.get().read(stack, checkpoint);
    }
    if (int4.isPresent() && isLookedUp(stack)) {
      return inBytes(stack, checkpoint, int8.get());
    }
    NDArray room =
        replaces(stack)
            ? memory.scratch(type, stack.shape())
            : memory.allocate(type, stack.shape());
    NDArray array = memory.place(stack.read(checkpoint, type, memory, room), like);
    if (int8.isPresent() && stack.key().equals(head)) {
      Map<String, NDArray> kept = new HashMap<>(int8.get().pack("packed_head", array));
      kept.put(head, array);
      return kept;
    }
    return pack(stack, array);
  }

  private static boolean isLookedUp(Stack stack) {
    return stack.key().equals("embedding") || stack.key().equals("head");
  }

  private Map<String, NDArray> inBytes(Stack stack, Checkpoint checkpoint, Int8Packing packing) {
    Map<String, NDArray> kept = new HashMap<>(new RowPacking(memory).read(stack, checkpoint));
    if (stack.key().equals(head)) {
      Stack packed = Stack.of("packed_head", stack.parts());
      kept.putAll(packing.read(packed, checkpoint));
    }
    return kept;
  }

  /** Returns whether of these numbers only a packed copy is kept. */
  private boolean replaces(Stack stack) {
    return packs && stack.projection() && !stack.key().equals(head);
  }

  /** Closes the array, unless it is itself kept. */
  private Map<String, NDArray> pack(Stack stack, NDArray array) {
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
