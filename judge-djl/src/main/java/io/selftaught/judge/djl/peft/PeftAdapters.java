package io.selftaught.judge.djl.peft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.LoraConfig;
import io.selftaught.judge.djl.decoder.DecoderConfig;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.decoder.LoraWeights;
import io.selftaught.judge.djl.torchscript.HostMemory;
import io.selftaught.judge.djl.weights.Checkpoint;
import io.selftaught.judge.djl.weights.Checkpoints;
import io.selftaught.judge.djl.weights.ElementType;
import io.selftaught.judge.djl.weights.SafetensorsWriter;
import io.selftaught.judge.djl.weights.StoredType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Reads and writes adapters. */
public final class PeftAdapters {

  private static final String MODEL = "adapter_model.safetensors";

  private PeftAdapters() {}

  /** Returns whether a directory holds a whole adapter. */
  public static boolean exists(Path directory) {
    return directory.resolve(PeftConfig.FILE).toFile().isFile();
  }

  /**
   * Reads an adapter for a model, onto the model's device.
   *
   * @throws InvalidInputException if a file is missing or damaged, the adapter is of a kind that
   *     isn't known, or its tensors don't fit the model
   */
  public static LoraWeights read(Path directory, DecoderWeights base) {
    PeftConfig config = PeftConfig.read(directory.resolve(PeftConfig.FILE));
    try (Checkpoint checkpoint = Checkpoints.openSafetensors(directory.resolve(MODEL))) {
      List<AdapterTensor> tensors = expected(config, base.config());
      check(checkpoint, tensors, config, base.config());
      return load(checkpoint, tensors, config, base);
    }
  }

  private static LoraWeights load(
      Checkpoint checkpoint, List<AdapterTensor> tensors, PeftConfig config, DecoderWeights base) {
    NDManager manager = NDManager.newBaseManager(base.device(), "PyTorch");
    try {
      List<NDArray> arrays = new ArrayList<>();
      for (AdapterTensor tensor : tensors) {
        NDArray array =
            HostMemory.create(
                manager,
                tensor.shape(base.config(), config.rank(tensor.modulePath())),
                bytes -> read(checkpoint, tensor, config, bytes));
        array.setName(tensor.loraName());
        arrays.add(array);
      }
      return new LoraWeights(manager, config.scale(), arrays);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** B takes over what a module's scale differs from that of the others by. */
  private static void read(
      Checkpoint checkpoint, AdapterTensor tensor, PeftConfig config, ByteBuffer bytes) {
    FloatBuffer numbers = bytes.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
    checkpoint.read(tensor.peftName(), ElementType.F32, bytes);
    double factor = config.scale(tensor.modulePath()) / config.scale();
    if (tensor.side() == AdapterTensor.Side.B && factor != 1) {
      for (int i = 0; i < numbers.limit(); i++) {
        numbers.put(i, (float) (numbers.get(i) * factor));
      }
    }
  }

  private static List<AdapterTensor> expected(PeftConfig config, DecoderConfig base) {
    return AdapterTensor.of(base, List.of(Projection.values())).stream()
        .filter(tensor -> config.targets().contain(tensor.modulePath()))
        .toList();
  }

  private static void check(
      Checkpoint checkpoint, List<AdapterTensor> tensors, PeftConfig config, DecoderConfig base) {
    Set<String> unexpected = new TreeSet<>(checkpoint.names());
    Set<String> names = new HashSet<>(checkpoint.names());
    for (AdapterTensor tensor : tensors) {
      String name = tensor.peftName();
      if (!names.contains(name)) {
        throw new InvalidInputException(
            "%s has no tensor %s, which its configuration names; it is damaged or made for another model"
                .formatted(checkpoint.path(), name));
      }
      unexpected.remove(name);
      int rank = config.rank(tensor.modulePath());
      List<Long> shape = LongStream.of(tensor.shape(base, rank).getShape()).boxed().toList();
      if (!checkpoint.info(name).shape().equals(shape)) {
        throw new InvalidInputException(
            "%s: tensor %s has shape %s where this model and rank %d ask for %s; it is made for another model"
                .formatted(checkpoint.path(), name, checkpoint.info(name).shape(), rank, shape));
      }
    }
    if (!unexpected.isEmpty() || tensors.isEmpty()) {
      throw new InvalidInputException(
          "%s has %d tensors that this model has no place for, such as %s; it is made for another model"
              .formatted(
                  checkpoint.path(),
                  unexpected.size(),
                  unexpected.stream().findFirst().orElse("none")));
    }
  }

  /**
   * Writes an adapter; the configuration comes last, so that a directory that has it is whole.
   *
   * @param directory exists
   * @param lora of every layer, with the shape that {@code shape} says
   * @param base the name of the model that the adapter is for
   * @throws InvalidInputException if the directory can't be written to
   */
  public static void write(Path directory, LoraWeights lora, LoraConfig shape, String base) {
    Map<String, SafetensorsWriter.Tensor> tensors = new TreeMap<>();
    for (NDArray array : lora.tensors()) {
      tensors.put(AdapterTensor.ofLoraName(array.getName()).peftName(), stored(array));
    }
    SafetensorsWriter.write(directory.resolve(MODEL), tensors);
    PeftConfig.write(
        directory.resolve(PeftConfig.FILE),
        shape.rank(),
        shape.alpha(),
        shape.dropout(),
        lora.tensors().stream()
            .map(array -> AdapterTensor.ofLoraName(array.getName()).projection().key())
            .collect(Collectors.toSet()),
        base);
  }

  private static SafetensorsWriter.Tensor stored(NDArray array) {
    List<Long> shape = LongStream.of(array.getShape().getShape()).boxed().toList();
    return new SafetensorsWriter.Tensor(StoredType.F32, shape, HostMemory.bytes(array));
  }
}
