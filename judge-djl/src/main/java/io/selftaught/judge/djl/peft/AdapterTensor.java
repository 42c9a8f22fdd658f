package io.selftaught.judge.djl.peft;

import ai.djl.ndarray.types.Shape;
import io.selftaught.judge.djl.decoder.DecoderConfig;
import io.selftaught.judge.djl.decoder.LoraWeights;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One tensor of an adapter.
 *
 * @param layer the index of the layer
 * @param projection what is adapted
 * @param side which of the two factors it is
 */
public record AdapterTensor(int layer, Projection projection, Side side) {

  /** The factors of {@code B A}. */
  public enum Side {
    /** [rank, in]. */
    A,
    /** [out, rank]. */
    B
  }

  /** Returns the tensors of an adapter of every layer that has them, in a fixed order. */
  public static List<AdapterTensor> of(DecoderConfig config, List<Projection> projections) {
    return IntStream.range(0, config.numHiddenLayers())
        .boxed()
        .flatMap(
            layer ->
                projections.stream()
                    .filter(projection -> projection.isIn(config, layer))
                    .flatMap(projection -> pair(layer, projection)))
        .toList();
  }

  private static Stream<AdapterTensor> pair(int layer, Projection projection) {
    return Stream.of(
        new AdapterTensor(layer, projection, Side.A), new AdapterTensor(layer, projection, Side.B));
  }

  /** Returns the tensor that has a name among {@link LoraWeights#tensors()}. */
  static AdapterTensor ofLoraName(String name) {
    String[] parts = name.split("\\.", -1);
    return new AdapterTensor(
        Integer.parseInt(parts[1]), Projection.ofKey(parts[2]), Side.valueOf(parts[3]));
  }

  /** Returns the path of the adapted module as PEFT matches it against its targets. */
  String modulePath() {
    return "model.layers." + layer + "." + projection.path();
  }

  /** Returns the name in {@code adapter_model.safetensors}. */
  String peftName() {
    return "base_model.model." + modulePath() + ".lora_" + side + ".weight";
  }

  /** Returns the name in {@link LoraWeights}. */
  public String loraName() {
    return "lora." + layer + "." + projection.key() + "." + side;
  }

  /** Returns the shape in an adapter of a rank. */
  public Shape shape(DecoderConfig config, int rank) {
    return side == Side.A
        ? new Shape(rank, projection.in(config))
        : new Shape(projection.out(config), rank);
  }
}
