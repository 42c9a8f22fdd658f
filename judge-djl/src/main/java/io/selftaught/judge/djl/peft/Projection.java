package io.selftaught.judge.djl.peft;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.decoder.DecoderConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The projections of a decoder layer that can be adapted. A model has either those of three and two
 * separate ones or the fused ones.
 */
public enum Projection {
  Q_PROJ("self_attn.q_proj"),
  K_PROJ("self_attn.k_proj"),
  V_PROJ("self_attn.v_proj"),
  QKV_PROJ("self_attn.qkv_proj"),
  O_PROJ("self_attn.o_proj"),
  GATE_PROJ("mlp.gate_proj"),
  UP_PROJ("mlp.up_proj"),
  GATE_UP_PROJ("mlp.gate_up_proj"),
  DOWN_PROJ("mlp.down_proj");

  private static final Map<Projection, Projection> FUSED =
      Map.of(
          Q_PROJ, QKV_PROJ,
          K_PROJ, QKV_PROJ,
          V_PROJ, QKV_PROJ,
          GATE_PROJ, GATE_UP_PROJ,
          UP_PROJ, GATE_UP_PROJ);

  private final String path;

  Projection(String path) {
    this.path = path;
  }

  /** Returns the path below the layer, such as {@code self_attn.q_proj}. */
  public String path() {
    return path;
  }

  /** Returns the last part of the path, such as {@code q_proj}. */
  public String key() {
    return path.substring(path.indexOf('.') + 1);
  }

  /** Returns the width of the input. */
  public int in(DecoderConfig config) {
    return switch (this) {
      case O_PROJ -> config.queryWidth();
      case DOWN_PROJ -> config.intermediateSize();
      default -> config.hiddenSize();
    };
  }

  /** Returns the width of the output. */
  public int out(DecoderConfig config) {
    return switch (this) {
      case Q_PROJ -> config.queryWidth();
      case QKV_PROJ -> config.queryWidth() + 2 * config.keyValueWidth();
      case K_PROJ, V_PROJ -> config.keyValueWidth();
      case O_PROJ, DOWN_PROJ -> config.hiddenSize();
      case GATE_PROJ, UP_PROJ -> config.intermediateSize();
      case GATE_UP_PROJ -> 2 * config.intermediateSize();
    };
  }

  /** Returns whether a layer has it; experts are not adapted. */
  boolean isIn(DecoderConfig config, int layer) {
    return switch (this) {
      case Q_PROJ, K_PROJ, V_PROJ -> !config.family().fusesProjections();
      case QKV_PROJ -> config.family().fusesProjections();
      case O_PROJ -> true;
      case GATE_PROJ, UP_PROJ ->
          !config.family().fusesProjections() && !config.layers().get(layer).mixed();
      case GATE_UP_PROJ -> config.family().fusesProjections();
      case DOWN_PROJ -> !config.layers().get(layer).mixed();
    };
  }

  /**
   * Returns the projection of a name.
   *
   * @throws InvalidInputException if the name is not known
   */
  static Projection ofKey(String key) {
    return Arrays.stream(values())
        .filter(p -> p.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "No projection \"%s\" to adapt; there are %s"
                        .formatted(key, Arrays.stream(values()).map(Projection::key).toList())));
  }

  /**
   * Returns the projections of these names that a model has, in the order of this type. A model
   * with fused projections has those in the place of their parts.
   *
   * @throws InvalidInputException if a name is not known or the model has no such projection in any
   *     layer
   */
  public static List<Projection> ofKeys(Set<String> keys, DecoderConfig config) {
    List<Projection> named =
        keys.stream()
            .map(Projection::ofKey)
            .map(p -> config.family().fusesProjections() ? FUSED.getOrDefault(p, p) : p)
            .distinct()
            .sorted()
            .toList();
    for (Projection projection : named) {
      if (IntStream.range(0, config.numHiddenLayers())
          .noneMatch(layer -> projection.isIn(config, layer))) {
        throw new InvalidInputException(
            "A %s model has no %s to adapt; name some of %s, for experts are not adapted"
                .formatted(config.modelType(), projection.key(), of(config)));
      }
    }
    return named;
  }

  private static List<String> of(DecoderConfig config) {
    return Arrays.stream(values())
        .filter(
            p ->
                IntStream.range(0, config.numHiddenLayers())
                    .anyMatch(layer -> p.isIn(config, layer)))
        .map(Projection::key)
        .toList();
  }
}
