package io.selftaught.judge.djl.decoder;

import com.google.gson.JsonParser;
import io.selftaught.judge.djl.decoder.DecoderConfig.Experts;
import io.selftaught.judge.djl.decoder.DecoderConfig.Layer;
import io.selftaught.judge.djl.decoder.DecoderConfig.Scales;
import io.selftaught.judge.djl.decoder.Family.Trait;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Understands the keys of a {@code config.json} as transformers does. What would change the
 * computation and is not known here is refused, never ignored.
 */
final class ConfigReader {

  private final Family family;
  private final Settings settings;
  private final OptionalInt context;

  private ConfigReader(Family family, Settings settings, OptionalInt context) {
    this.family = family;
    this.settings = settings;
    this.context = context;
  }

  static DecoderConfig read(Settings settings, OptionalInt context) {
    String modelType = settings.string("model_type", "");
    Family family =
        Family.ofModelType(modelType)
            .orElseThrow(
                () ->
                    settings.refused(
                        "model_type \"%s\"".formatted(modelType),
                        "known are "
                            + Arrays.stream(Family.values()).map(Family::modelType).toList()));
    return new ConfigReader(
            family,
            settings.withDefaults(JsonParser.parseString(family.defaults()).getAsJsonObject()),
            context)
        .read();
  }

  private DecoderConfig read() {
    refuseUnknown();
    int hiddenSize = settings.integer("hidden_size");
    int heads = settings.integer("num_attention_heads");
    int headDim = settings.integer("head_dim", hiddenSize / Math.max(1, heads));
    int longest = settings.integer("max_position_embeddings");
    RotaryReader rotary = new RotaryReader(settings, headDim, longest, context);
    List<Layer> layers = new LayerPattern(family, settings).layers();
    boolean windows = layers.stream().anyMatch(Layer::windowed);
    return new DecoderConfig(
        family,
        settings.integer("vocab_size"),
        hiddenSize,
        settings.integer("intermediate_size"),
        heads,
        settings.integer("num_key_value_heads", heads),
        headDim,
        rotary.context(),
        settings.real("rms_norm_eps", 1e-6),
        settings.flag("tie_word_embeddings"),
        windows ? settings.integer("sliding_window") : 0,
        family.has(Trait.LOCAL_ROTARY)
            ? List.of(rotary.global(), rotary.local())
            : List.of(rotary.only()),
        layers,
        scales(hiddenSize, headDim),
        experts());
  }

  private Scales scales(int hiddenSize, int headDim) {
    Scales plain = Scales.plain(headDim);
    return switch (family) {
      case GEMMA2, GEMMA3 ->
          new Scales(
              Math.sqrt(hiddenSize),
              1 / Math.sqrt(settings.real("query_pre_attn_scalar")),
              1,
              1,
              settings.real("attn_logit_softcapping", 0),
              settings.real("final_logit_softcapping", 0),
              settings.real(GgufConfig.NORM_OFFSET, 1));
      case GRANITE ->
          new Scales(
              settings.real("embedding_multiplier", 1),
              settings.real("attention_multiplier"),
              settings.real("residual_multiplier", 1),
              settings.real("logits_scaling", 1),
              0,
              0,
              0);
      default -> plain;
    };
  }

  private Experts experts() {
    return switch (family) {
      case MIXTRAL ->
          new Experts(
              settings.integer("num_local_experts"),
              settings.integer("num_experts_per_tok"),
              settings.integer("intermediate_size"),
              settings.flag("norm_topk_prob"));
      case QWEN3_MOE ->
          new Experts(
              settings.integer("num_experts", settings.integer("num_local_experts", 128)),
              settings.integer("num_experts_per_tok"),
              settings.integer("moe_intermediate_size"),
              settings.flag("norm_topk_prob"));
      default -> Experts.NONE;
    };
  }

  private void refuseUnknown() {
    String key = settings.present("hidden_activation") ? "hidden_activation" : "hidden_act";
    String activation = settings.string(key, "silu");
    String known = family.has(Trait.GELU) ? "gelu_pytorch_tanh" : "silu";
    if (!activation.equals(known)) {
      throw settings.refused(
          "%s \"%s\"".formatted(key, activation), "known is \"%s\"".formatted(known));
    }
    for (String flag : List.of("attention_bias", "mlp_bias")) {
      boolean expected = flag.equals("attention_bias") && family.has(Trait.QKV_BIAS);
      if (settings.flag(flag) && !expected) {
        throw settings.refused(flag, "these projections must have no bias");
      }
    }
    if (settings.flag("use_bidirectional_attention")) {
      throw settings.refused("use_bidirectional_attention", "only causal attention is known");
    }
    settings
        .object("quantization_config")
        .ifPresent(
            quantization -> {
              throw settings.refused(
                  "quantization_config " + quantization.string("quant_method", "of no name"),
                  "take the unquantised checkpoint or a GGUF file");
            });
  }
}
