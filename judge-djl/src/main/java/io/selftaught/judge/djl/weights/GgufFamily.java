package io.selftaught.judge.djl.weights;

import io.selftaught.judge.InvalidInputException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the tensors of an architecture are called, and their rows ordered, in GGUF files. */
enum GgufFamily {
  LLAMA("llama", true),
  QWEN2("qwen2", false);

  private static final Pattern LAYER =
      Pattern.compile("blk\\.(0|[1-9][0-9]{0,3})\\.([a-z_]+)\\.(weight|bias)");

  private static final Map<String, String> OUTSIDE_LAYERS =
      Map.of(
          "token_embd.weight", "model.embed_tokens.weight",
          "output_norm.weight", "model.norm.weight",
          "output.weight", "lm_head.weight");

  private static final Map<String, String> IN_LAYERS =
      Map.of(
          "attn_norm", "input_layernorm",
          "attn_q", "self_attn.q_proj",
          "attn_k", "self_attn.k_proj",
          "attn_v", "self_attn.v_proj",
          "attn_output", "self_attn.o_proj",
          "ffn_norm", "post_attention_layernorm",
          "ffn_gate", "mlp.gate_proj",
          "ffn_up", "mlp.up_proj",
          "ffn_down", "mlp.down_proj");

  private final String architecture;
  private final boolean interleavesHeads;

  GgufFamily(String architecture, boolean interleavesHeads) {
    this.architecture = architecture;
    this.interleavesHeads = interleavesHeads;
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

  /** Returns the Hugging Face name of a tensor, if it belongs to this family. */
  Optional<String> huggingFaceName(String gguf) {
    Matcher layer = LAYER.matcher(gguf);
    if (!layer.matches()) {
      return Optional.ofNullable(OUTSIDE_LAYERS.get(gguf));
    }
    return Optional.ofNullable(IN_LAYERS.get(layer.group(2)))
        .map(part -> "model.layers.%s.%s.%s".formatted(layer.group(1), part, layer.group(3)));
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
