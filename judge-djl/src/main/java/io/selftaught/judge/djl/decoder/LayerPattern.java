package io.selftaught.judge.djl.decoder;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.selftaught.judge.djl.decoder.DecoderConfig.Layer;
import io.selftaught.judge.djl.decoder.Family.Trait;
import java.util.List;
import java.util.stream.IntStream;

/** Which layers have a window, positions and experts. */
final class LayerPattern {

  private static final String TYPES = "layer_types";

  private final Family family;
  private final Settings settings;
  private final int count;

  LayerPattern(Family family, Settings settings) {
    this.family = family;
    this.settings = settings;
    this.count = settings.integer("num_hidden_layers");
  }

  List<Layer> layers() {
    return IntStream.range(0, count)
        .mapToObj(i -> new Layer(rotary(i), windowed(i), mixed(i)))
        .toList();
  }

  private int rotary(int layer) {
    if (family == Family.SMOLLM3 && !turns(layer)) {
      return -1;
    }
    return family.has(Trait.LOCAL_ROTARY) && windowed(layer) ? 1 : 0;
  }

  /** Whether a layer of SmolLM3 turns its heads: every fourth one doesn't (Yang et al. 2025). */
  private boolean turns(int layer) {
    return settings.present("no_rope_layers")
        ? element("no_rope_layers", layer).getAsInt() != 0
        : (layer + 1) % Math.max(1, settings.integer("no_rope_layer_interval", 4)) != 0;
  }

  private boolean windowed(int layer) {
    boolean window = settings.present("sliding_window");
    boolean used = window && settings.flag("use_sliding_window");
    return switch (family) {
      case LLAMA, GRANITE, OLMO2 -> false;
      case MISTRAL, MIXTRAL, PHI3 -> window;
      case QWEN3_MOE -> used;
      case QWEN2, QWEN3 ->
          used && slides(layer, layer >= settings.integer("max_window_layers", 28));
      case SMOLLM3 -> used && slides(layer, !turns(layer));
      case GEMMA2 -> window && slides(layer, layer % 2 == 0);
      case GEMMA3 ->
          window
              && slides(
                  layer,
                  (layer + 1) % Math.max(1, settings.integer("sliding_window_pattern", 6)) != 0);
    };
  }

  private boolean slides(int layer, boolean otherwise) {
    if (!settings.present(TYPES)) {
      return otherwise;
    }
    JsonElement type = element(TYPES, layer);
    if (type.equals(new JsonPrimitive("sliding_attention"))) {
      return true;
    }
    if (type.equals(new JsonPrimitive("full_attention"))) {
      return false;
    }
    throw settings.refused(
        "layer_types with " + type, "known are \"full_attention\" and \"sliding_attention\"");
  }

  private boolean mixed(int layer) {
    return switch (family) {
      case MIXTRAL -> true;
      case QWEN3_MOE ->
          (layer + 1) % Math.max(1, settings.integer("decoder_sparse_step", 1)) == 0
              && !(settings.present("mlp_only_layers")
                  && settings.list("mlp_only_layers").contains(new JsonPrimitive(layer)));
      default -> false;
    };
  }

  private JsonElement element(String key, int layer) {
    List<JsonElement> list = settings.list(key);
    if (list.size() < count || !list.get(layer).isJsonPrimitive()) {
      throw settings.wrong(key, "a list of %d, one a layer".formatted(count));
    }
    return list.get(layer);
  }
}
