package io.selftaught.judge.djl.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.stream.Stream;

/**
 * The weights of a LoRA adapter in native memory: for each adapted projection {@code A} [rank, in]
 * and {@code B} [out, rank] in fp32, and the scale that multiplies {@code B A}.
 *
 * <p>Owns its arrays. Immutable for a decoder; training changes the arrays in place.
 */
public final class LoraWeights implements AutoCloseable {

  private final NDManager manager;
  private final List<NDArray> arrays;

  /**
   * Takes over arrays.
   *
   * @param manager what they belong to, closed with this object
   * @param scale {@code alpha / rank}
   * @param arrays named {@code "lora.<layer>.<projection>.A"} and {@code .B}, such as {@code
   *     lora.0.q_proj.A}
   */
  public LoraWeights(NDManager manager, double scale, List<NDArray> arrays) {
    this.manager = manager;
    NDArray factor = manager.create((float) scale);
    factor.setName("lora.scale");
    this.arrays = Stream.concat(Stream.of(factor), arrays.stream()).toList();
  }

  /** Returns the adapter that changes nothing. */
  public static LoraWeights none(DecoderWeights base) {
    return new LoraWeights(NDManager.newBaseManager(base.device(), "PyTorch"), 1, List.of());
  }

  /** Returns the arrays as the dictionary argument {@code lora} of a TorchScript method. */
  public List<NDArray> arguments() {
    return arrays;
  }

  /** Returns the arrays {@code A} and {@code B}, without the scale, in their order. */
  public List<NDArray> tensors() {
    return arrays.subList(1, arrays.size());
  }

  @Override
  public void close() {
    manager.close();
  }
}
