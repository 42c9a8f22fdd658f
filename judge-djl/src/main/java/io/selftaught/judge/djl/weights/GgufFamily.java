package io.selftaught.judge.djl.weights;

import com.google.common.collect.ImmutableMap;
import io.selftaught.judge.InvalidInputException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the tensors of an architecture are called, and their rows ordered, in GGUF files. */
enum GgufFamily {
  LLAMA("llama", true, Names.MIXTRAL_EXPERTS),
  QWEN2("qwen2", false, ImmutableMap.of()),
  QWEN3("qwen3", false, ImmutableMap.of()),
  QWEN3_MOE("qwen3moe", false, Names.QWEN_EXPERTS),
  GEMMA2("gemma2", false, Names.NORMS_AFTER),
  GEMMA3("gemma3", false, Names.NORMS_AFTER),
  PHI3("phi3", false, Names.FUSED),
  GRANITE("granite", true, ImmutableMap.of()),
  OLMO2("olmo2", false, Names.NORMS_AFTER),
  SMOLLM3("smollm3", true, ImmutableMap.of());

  /** Stands in a name for the number of an expert: the file has those of a layer in one tensor. */
  static final String EXPERT = "*";

  private static final Pattern LAYER =
      Pattern.compile("blk\\.(0|[1-9][0-9]{0,3})\\.([a-z_]+)\\.(weight|bias)");

  private static final Map<String, String> OUTSIDE_LAYERS =
      Map.of(
          "token_embd.weight", "model.embed_tokens.weight",
          "output_norm.weight", "model.norm.weight",
          "output.weight", "lm_head.weight");

  /** The names in layers of a family, where they are not those of {@link #COMMON}. */
  private static final class Names {
    static final ImmutableMap<String, String> COMMON =
        ImmutableMap.ofEntries(
            Map.entry("attn_norm", "input_layernorm"),
            Map.entry("attn_q", "self_attn.q_proj"),
            Map.entry("attn_k", "self_attn.k_proj"),
            Map.entry("attn_v", "self_attn.v_proj"),
            Map.entry("attn_q_norm", "self_attn.q_norm"),
            Map.entry("attn_k_norm", "self_attn.k_norm"),
            Map.entry("attn_output", "self_attn.o_proj"),
            Map.entry("ffn_norm", "post_attention_layernorm"),
            Map.entry("ffn_gate", "mlp.gate_proj"),
            Map.entry("ffn_up", "mlp.up_proj"),
            Map.entry("ffn_down", "mlp.down_proj"));

    static final ImmutableMap<String, String> NORMS_AFTER =
        ImmutableMap.of(
            "post_attention_norm", "post_attention_layernorm",
            "ffn_norm", "pre_feedforward_layernorm",
            "post_ffw_norm", "post_feedforward_layernorm");

    static final ImmutableMap<String, String> FUSED =
        ImmutableMap.of("attn_qkv", "self_attn.qkv_proj", "ffn_up", "mlp.gate_up_proj");

    static final ImmutableMap<String, String> MIXTRAL_EXPERTS =
        ImmutableMap.of(
            "ffn_gate_inp", "block_sparse_moe.gate",
            "ffn_gate_exps", "block_sparse_moe.experts.*.w1",
            "ffn_up_exps", "block_sparse_moe.experts.*.w3",
            "ffn_down_exps", "block_sparse_moe.experts.*.w2");

    static final ImmutableMap<String, String> QWEN_EXPERTS =
        ImmutableMap.of(
            "ffn_gate_inp", "mlp.gate",
            "ffn_gate_exps", "mlp.experts.*.gate_proj",
            "ffn_up_exps", "mlp.experts.*.up_proj",
            "ffn_down_exps", "mlp.experts.*.down_proj");

    private Names() {}
  }

  private final String architecture;
  private final boolean interleavesHeads;
  private final ImmutableMap<String, String> names;

  GgufFamily(String architecture, boolean interleavesHeads, ImmutableMap<String, String> names) {
    this.architecture = architecture;
    this.interleavesHeads = interleavesHeads;
    this.names = names;
  }

  /**
   * Returns the family of a file.
   *
   * @throws InvalidInputException if its architecture is none of these
   */
  static GgufFamily of(GgufMetadata metadata) {
    String architecture = metadata.string("general.architecture");
    return Arrays.stream(values())
        .filter(family -> family.architecture.equals(architecture))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s: architecture %s is not supported; use a model of one of %s"
                        .formatted(
                            metadata.path(),
                            architecture,
                            Arrays.stream(values()).map(f -> f.architecture).toList())));
  }

  /**
   * Returns the Hugging Face name of a tensor, if it belongs to this family; one with {@link
   * #EXPERT} if the tensor holds a layer's experts.
   */
  Optional<String> huggingFaceName(String gguf) {
    Matcher layer = LAYER.matcher(gguf);
    if (!layer.matches()) {
      return Optional.ofNullable(OUTSIDE_LAYERS.get(gguf));
    }
    String part = layer.group(2);
    return Optional.ofNullable(names.getOrDefault(part, Names.COMMON.get(part)))
        .map(name -> "model.layers.%s.%s.%s".formatted(layer.group(1), name, layer.group(3)));
  }

  /**
   * Returns the row order of a tensor with its GGUF name in {@code info}.
   *
   * @throws InvalidInputException if its rows do not divide into the heads that the metadata says
   */
  RowOrder rowOrder(TensorInfo info, GgufMetadata metadata) {
    boolean query = info.name().contains(".attn_q.");
    boolean key = info.name().contains(".attn_k.");
    if (!interleavesHeads || !(query || key)) {
      return RowOrder.AS_STORED;
    }
    String queryHeads = architecture + ".attention.head_count";
    long heads = metadata.integer(queryHeads);
    if (key) {
      heads = metadata.integer(queryHeads + "_kv", heads);
    }
    if (heads < 1 || info.rows() % heads != 0 || info.rows() / heads % 2 != 0) {
      throw new InvalidInputException(
          "%s: the %d rows of tensor %s do not divide into %d heads of an even size; the file is corrupt"
              .formatted(metadata.path(), info.rows(), info.name(), heads));
    }
    return RowOrder.deinterleaved(info.rows() / heads);
  }
}
