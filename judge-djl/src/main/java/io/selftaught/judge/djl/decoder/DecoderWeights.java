package io.selftaught.judge.djl.decoder;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.torchscript.HostMemory;
import io.selftaught.judge.djl.weights.Checkpoint;
import io.selftaught.judge.djl.weights.ElementType;
import io.selftaught.judge.djl.weights.SafetensorsWriter;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The weights of a decoder in native memory, shared by every module that is made from them.
 *
 * <p>Projections that read the same input are stacked by rows, which makes fewer and larger matrix
 * products. Immutable and safe for use by several threads.
 */
public final class DecoderWeights implements AutoCloseable {

  private static final int CONSTANTS = 2;

  private final DecoderConfig config;
  private final Precision precision;
  private final NDManager manager;
  private final List<NDArray> arrays;

  private DecoderWeights(
      DecoderConfig config, Precision precision, NDManager manager, List<NDArray> arrays) {
    this.config = config;
    this.precision = precision;
    this.manager = manager;
    this.arrays = List.copyOf(arrays);
  }

  /**
   * Reads the weights.
   *
   * @throws InvalidInputException if a tensor is missing, has another shape than the configuration
   *     says, or is not part of the architecture
   */
  public static DecoderWeights load(
      Checkpoint checkpoint, DecoderConfig config, ElementType type, Device device) {
    return load(checkpoint, config, Precision.of(type), device);
  }

  /**
   * Reads the weights.
   *
   * @throws InvalidInputException if a tensor is missing, has another shape than the configuration
   *     says, or is not part of the architecture; and if weights of this architecture or on this
   *     device can't be held as {@code precision} says
   */
  public static DecoderWeights load(
      Checkpoint checkpoint, DecoderConfig config, Precision precision, Device device) {
    if (config.family() == Family.GEMMA3) {
      return read(TextPart.of(checkpoint), config, precision, device);
    }
    return read(checkpoint, config, precision, device);
  }

  private static DecoderWeights read(
      Checkpoint checkpoint, DecoderConfig config, Precision precision, Device device) {
    List<Stack> stacks = Stacks.of(config);
    check(checkpoint, stacks);
    NDManager manager = NDManager.newBaseManager(device, "PyTorch");
    List<NDArray> arrays = new ArrayList<>();
    try (NativeMemory memory = new NativeMemory()) {
      arrays.addAll(constants(config, precision.type(), manager));
      Packing packing = Packing.of(precision, config, arrays.get(0), memory);
      for (Stack stack : stacks) {
        packing
            .read(stack, checkpoint)
            .forEach(
                (key, held) -> {
                  held.attach(manager);
                  held.setName("raw." + key);
                  arrays.add(held);
                });
      }
      return new DecoderWeights(config, precision, manager, arrays);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** What a decoder computes with besides its weights; the first one lies where the weights do. */
  private static List<NDArray> constants(
      DecoderConfig config, ElementType type, NDManager manager) {
    NDArray frequencies = Styles.frequencies(config, manager);
    frequencies.setName("raw.inverse_frequencies");
    // Its numbers are read one by one, by the host.
    try (NDManager host = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray styles = Styles.table(config, type, manager.getDevice(), host);
      styles.setName("raw.styles");
      styles.attach(manager);
      return List.of(frequencies, styles);
    }
  }

  /**
   * Makes weights that no file holds, in fp32, to be trained.
   *
   * @param filler fills in each tensor by its key, such as {@code embedding} and {@code 0.qkv}
   */
  public static DecoderWeights create(DecoderConfig config, Device device, Filler filler) {
    NDManager manager = NDManager.newBaseManager(device, "PyTorch");
    try {
      List<NDArray> arrays = new ArrayList<>();
      arrays.addAll(constants(config, ElementType.F32, manager));
      for (Stack stack : Stacks.of(config)) {
        Shape shape = new Shape(stack.shape());
        NDArray array =
            HostMemory.create(manager, shape, bytes -> filler.fill(stack.key(), shape, bytes));
        array.setName("raw." + stack.key());
        arrays.add(array);
      }
      return new DecoderWeights(config, Precision.of(ElementType.F32), manager, arrays);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** Says what a new tensor holds. */
  @FunctionalInterface
  public interface Filler {

    /**
     * Fills in a tensor.
     *
     * @param bytes zeros, to be filled with fp32 numbers in the byte order of the machine
     */
    void fill(String key, Shape shape, ByteBuffer bytes);
  }

  /**
   * Writes the weights as bfloat16 under their Hugging Face names; they must be fp32.
   *
   * @throws InvalidInputException if the file cannot be written, or the family's weights are not
   *     held as they are stored
   */
  public void write(Path safetensors) {
    Map<String, SafetensorsWriter.Tensor> tensors = new TreeMap<>();
    List<Stack> stacks = Stacks.of(config);
    for (int i = 0; i < stacks.size(); i++) {
      if (!stacks.get(i).isAsStored()) {
        throw new InvalidInputException(
            "Weights of %s are changed when they are read and cannot be written back"
                .formatted(config.family()));
      }
      FloatBuffer numbers = HostMemory.bytes(tensors().get(i)).asFloatBuffer();
      for (Stack.Part part : stacks.get(i).parts()) {
        int size = Math.toIntExact(part.elements());
        FloatBuffer own = numbers.slice(numbers.position(), size);
        tensors.put(part.name(), SafetensorsWriter.Tensor.bf16(part.shape(), own));
        numbers.position(numbers.position() + size);
      }
    }
    SafetensorsWriter.write(safetensors, tensors);
  }

  /** Missing, misshapen and unexpected tensors are all errors: each means another architecture. */
  private static void check(Checkpoint checkpoint, List<Stack> stacks) {
    Set<String> unexpected = new TreeSet<>(checkpoint.names());
    Set<String> missing = new TreeSet<>();
    Set<String> known = new HashSet<>(checkpoint.names());
    stacks.stream()
        .flatMap(stack -> stack.parts().stream())
        .forEach(
            part -> {
              unexpected.remove(part.name());
              if (!known.contains(part.name())) {
                missing.add(part.name());
              } else if (!checkpoint.info(part.name()).shape().equals(part.shape())) {
                throw new InvalidInputException(
                    "%s: tensor %s has shape %s, the configuration asks for %s"
                        .formatted(
                            checkpoint.path(),
                            part.name(),
                            checkpoint.info(part.name()).shape(),
                            part.shape()));
              }
            });
    // Written by old exporters, derived from the configuration.
    unexpected.removeIf(name -> name.endsWith(".rotary_emb.inv_freq"));
    // A tied head that is stored all the same.
    unexpected.remove("lm_head.weight");
    if (!missing.isEmpty() || !unexpected.isEmpty()) {
      throw new InvalidInputException(
          "%s does not fit its architecture: %s"
              .formatted(
                  checkpoint.path(),
                  Stream.of(
                          some("missing tensors", missing), some("unexpected tensors", unexpected))
                      .filter(text -> !text.isEmpty())
                      .reduce((a, b) -> a + "; " + b)
                      .orElseThrow()));
    }
  }

  private static String some(String what, Set<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    List<String> first = names.stream().limit(3).toList();
    return "%d %s, such as %s".formatted(names.size(), what, String.join(", ", first));
  }

  /** Returns the shape of the decoder. */
  public DecoderConfig config() {
    return config;
  }

  /** Returns what is computed in, and what those weights are held in that are not quantised. */
  public ElementType type() {
    return precision.type();
  }

  /** Returns how they are held. */
  public Precision precision() {
    return precision;
  }

  /** Returns where they are. */
  public Device device() {
    return manager.getDevice();
  }

  /** Returns the number of weights. */
  public long parameters() {
    return parameters(config);
  }

  /** Returns the number of weights of a decoder of a shape. */
  public static long parameters(DecoderConfig config) {
    return Stacks.of(config).stream()
        .flatMap(stack -> stack.parts().stream())
        .mapToLong(Stack.Part::elements)
        .sum();
  }

  /** Returns the native memory that they take. */
  public long bytes() {
    return tensors().stream().mapToLong(a -> a.size() * elementBytes(a.getDataType())).sum();
  }

  /** DJL has no bfloat16 and calls it unknown. */
  private static long elementBytes(DataType held) {
    return switch (held) {
      case INT8, UINT8 -> 1;
      case FLOAT32 -> 4;
      default -> ElementType.BF16.bytes();
    };
  }

  /** Returns the native memory that the weights of a decoder of a shape take. */
  public static long bytes(DecoderConfig config, Precision precision) {
    return Stacks.of(config).stream()
        .mapToLong(stack -> Packing.bytes(stack, config, precision))
        .sum();
  }

  /** Returns the native memory of the layer that is there in what is computed in, if one is. */
  public long writtenOutBytes() {
    if (precision.quantisation() != Quantisation.INT4) {
      return 0;
    }
    return Stacks.of(config).stream()
        .filter(stack -> stack.projection() && stack.key().startsWith("0."))
        .mapToLong(stack -> MatrixPacking.elements(stack.shape()) * precision.type().bytes())
        .sum();
  }

  /** Returns the arrays that hold weights, each named {@code raw.} and its key. */
  public List<NDArray> tensors() {
    return arrays.subList(CONSTANTS, arrays.size());
  }

  /** Returns the arrays as the dictionary argument {@code raw} of a TorchScript method. */
  public List<NDArray> arguments() {
    return arrays;
  }

  /** Frees the weights, unless a module made from them still lives. */
  @Override
  public void close() {
    manager.close();
  }
}
