package io.selftaught.judge.djl.peft;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.decoder.DecoderConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The projections of a decoder layer that can be adapted. */
public enum Projection {
  Q_PROJ("self_attn.q_proj"),
  K_PROJ("self_attn.k_proj"),
  V_PROJ("self_attn.v_proj"),
  O_PROJ("self_attn.o_proj"),
  GATE_PROJ("mlp.gate_proj"),
  UP_PROJ("mlp.up_proj"),
  DOWN_PROJ("mlp.down_proj");

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
      case K_PROJ, V_PROJ -> config.keyValueWidth();
      case O_PROJ, DOWN_PROJ -> config.hiddenSize();
      case GATE_PROJ, UP_PROJ -> config.intermediateSize();
    };
  }

  /**
   * Returns the projections of these names, in the order of this type.
   *
   * @throws InvalidInputException if a name is not known
   */
  public static List<Projection> ofKeys(Set<String> keys) {
    for (String key : keys) {
      if (Arrays.stream(values()).noneMatch(p -> p.key().equals(key))) {
        throw new InvalidInputException(
            "No projection \"%s\" to adapt; there are %s"
                .formatted(key, Arrays.stream(values()).map(Projection::key).toList()));
      }
    }
    return Arrays.stream(values()).filter(p -> keys.contains(p.key())).toList();
  }
}
