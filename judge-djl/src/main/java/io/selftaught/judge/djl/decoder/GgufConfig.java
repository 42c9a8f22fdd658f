package io.selftaught.judge.djl.decoder;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.weights.GgufFile;
import io.selftaught.judge.djl.weights.GgufMetadata;
import io.selftaught.judge.djl.weights.TensorInfo;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Says in the words of {@code config.json} what the metadata of a GGUF file says, and what
 * llama.cpp knows without being told.
 */
final class GgufConfig {

  /** Our own rope type, and the key of its divisors: what the file divides frequencies by. */
  static final String FACTORS = "factors";

  /** Our own key: norm weights of files are stored with the 1 that Gemma adds to them. */
  static final String NORM_OFFSET = "norm_offset";

  private static final Map<String, Family> ARCHITECTURES =
      Map.of(
          "llama", Family.LLAMA,
          "qwen2", Family.QWEN2,
          "qwen3", Family.QWEN3,
          "qwen3moe", Family.QWEN3_MOE,
          "gemma2", Family.GEMMA2,
          "gemma3", Family.GEMMA3,
          "phi3", Family.PHI3,
          "granite", Family.GRANITE,
          "olmo2", Family.OLMO2,
          "smollm3", Family.SMOLLM3);

  /** Layers of the one model of a family whose attention has another scale than its siblings'. */
  private static final Map<Family, Integer> SCALED_BY_WIDTH =
      Map.of(Family.GEMMA2, 46, Family.GEMMA3, 62);

  private final GgufFile file;
  private final GgufMetadata metadata;
  private final String prefix;
  private final JsonObject json = new JsonObject();

  private GgufConfig(GgufFile file) {
    this.file = file;
    this.metadata = file.metadata();
    this.prefix = metadata.string("general.architecture") + ".";
  }

  static DecoderConfig read(GgufFile file, OptionalInt context) {
    return new GgufConfig(file).read(context);
  }

  private DecoderConfig read(OptionalInt context) {
    Family family = family();
    json.addProperty("model_type", family.modelType());
    json.addProperty("vocab_size", vocabulary());
    json.addProperty("tie_word_embeddings", !file.tensors().containsKey("output.weight"));
    integer("hidden_size", "embedding_length");
    integer("intermediate_size", "feed_forward_length");
    integer("num_hidden_layers", "block_count");
    integer("num_attention_heads", "attention.head_count");
    integer("num_key_value_heads", "attention.head_count_kv");
    json.addProperty("head_dim", headDim());
    integer("max_position_embeddings", "context_length");
    real("rms_norm_eps", "attention.layer_norm_rms_epsilon");
    integer("sliding_window", "attention.sliding_window");
    if (!metadata.has(prefix + "attention.sliding_window")) {
      json.add("sliding_window", JsonNull.INSTANCE);
    }
    addScales(family);
    addRotary(family);
    addExperts();
    return ConfigReader.read(new Settings(file.path(), json), context);
  }

  private Family family() {
    String architecture = metadata.string("general.architecture");
    Family family = ARCHITECTURES.get(architecture);
    if (family == null) {
      throw new InvalidInputException(
          "%s holds architecture \"%s\": known are %s"
              .formatted(
                  file.path(), architecture, ARCHITECTURES.keySet().stream().sorted().toList()));
    }
    return family == Family.LLAMA && metadata.integer(prefix + "expert_count", 0) > 0
        ? Family.MIXTRAL
        : family;
  }

  /** The embedding tells: the key of that name is optional and the token list can be shorter. */
  private long vocabulary() {
    TensorInfo embedding = file.tensors().get("token_embd.weight");
    if (embedding == null) {
      throw new InvalidInputException(file.path() + " lacks the tensor token_embd.weight");
    }
    return embedding.rows();
  }

  private long headDim() {
    long heads = Math.max(1, metadata.integer(prefix + "attention.head_count"));
    return metadata.integer(
        prefix + "attention.key_length", metadata.integer(prefix + "embedding_length") / heads);
  }

  private void addScales(Family family) {
    real("embedding_multiplier", "embedding_scale");
    real("attention_multiplier", "attention.scale");
    real("residual_multiplier", "residual_scale");
    real("logits_scaling", "logit_scale");
    real("attn_logit_softcapping", "attn_logit_softcapping");
    real("final_logit_softcapping", "final_logit_softcapping");
    json.addProperty(NORM_OFFSET, 0);
    long layers = metadata.integer(prefix + "block_count");
    if (SCALED_BY_WIDTH.getOrDefault(family, 0) == layers) {
      json.addProperty(
          "query_pre_attn_scalar",
          (double) metadata.integer(prefix + "embedding_length")
              / metadata.integer(prefix + "attention.head_count"));
    } else {
      json.addProperty("query_pre_attn_scalar", headDim());
    }
  }

  private void addRotary(Family family) {
    json.addProperty("rope_theta", metadata.real(prefix + "rope.freq_base", 10_000));
    long turned = metadata.integer(prefix + "rope.dimension_count", headDim());
    json.addProperty("partial_rotary_factor", (double) turned / headDim());
    JsonObject scaling = new JsonObject();
    String type = metadata.string(prefix + "rope.scaling.type", "none");
    scaling.addProperty("type", type.equals("none") ? "default" : type);
    put(scaling, "factor", "rope.scaling.factor");
    put(scaling, "original_max_position_embeddings", "rope.scaling.original_context_length");
    if (family == Family.PHI3) {
      put(scaling, "attention_factor", "rope.scaling.attn_factor");
      file.shortRopeFactors().ifPresent(factors -> scaling.add("short_factor", array(factors)));
      file.longRopeFactors().ifPresent(factors -> scaling.add("long_factor", array(factors)));
    }
    file.ropeFactors()
        .ifPresent(
            factors -> {
              scaling.addProperty("type", FACTORS);
              scaling.add(FACTORS, array(factors));
            });
    json.add("rope_scaling", scaling);
  }

  private void addExperts() {
    integer("num_experts", "expert_count");
    integer("num_local_experts", "expert_count");
    integer("num_experts_per_tok", "expert_used_count");
    integer("moe_intermediate_size", "expert_feed_forward_length");
    json.addProperty("norm_topk_prob", true);
  }

  private void integer(String key, String gguf) {
    if (metadata.has(prefix + gguf)) {
      json.addProperty(key, metadata.integer(prefix + gguf));
    }
  }

  private void real(String key, String gguf) {
    put(json, key, gguf);
  }

  private void put(JsonObject target, String key, String gguf) {
    if (metadata.has(prefix + gguf)) {
      target.addProperty(key, metadata.real(prefix + gguf));
    }
  }

  private static JsonArray array(float[] values) {
    JsonArray array = new JsonArray();
    for (float value : values) {
      array.add(value);
    }
    return array;
  }
}
