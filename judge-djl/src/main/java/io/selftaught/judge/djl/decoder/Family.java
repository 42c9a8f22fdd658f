package io.selftaught.judge.djl.decoder;

import static io.selftaught.judge.djl.decoder.Family.Trait.EXPERTS;
import static io.selftaught.judge.djl.decoder.Family.Trait.FUSED_PROJECTIONS;
import static io.selftaught.judge.djl.decoder.Family.Trait.GELU;
import static io.selftaught.judge.djl.decoder.Family.Trait.HEAD_NORMS;
import static io.selftaught.judge.djl.decoder.Family.Trait.LOCAL_ROTARY;
import static io.selftaught.judge.djl.decoder.Family.Trait.NORMS_AFTER;
import static io.selftaught.judge.djl.decoder.Family.Trait.NORMS_AROUND;
import static io.selftaught.judge.djl.decoder.Family.Trait.NORMS_FROM_ZERO;
import static io.selftaught.judge.djl.decoder.Family.Trait.QKV_BIAS;
import static io.selftaught.judge.djl.decoder.Family.Trait.WIDTH_NORMS;

import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.Optional;

/**
 * A family of models, by the {@code model_type} of its {@code config.json}: how it differs from
 * Llama, and what its configuration means where it says nothing.
 *
 * <p>Numbers of one model, such as its multipliers and its window, are no traits; {@link
 * ConfigReader} reads them.
 */
public enum Family {
  LLAMA("llama", "{}"),
  MISTRAL("mistral", "{num_key_value_heads: 8, sliding_window: 4096}"),
  SMOLLM3("smollm3", "{num_key_value_heads: 4, rope_theta: 2000000, tie_word_embeddings: true}"),
  QWEN2("qwen2", "{sliding_window: 4096}", QKV_BIAS),
  QWEN3("qwen3", "{head_dim: 128, sliding_window: 4096}", HEAD_NORMS),
  GEMMA2(
      "gemma2",
      """
      {vocab_size: 256000, hidden_size: 2304, intermediate_size: 9216, num_hidden_layers: 26,
       num_attention_heads: 8, num_key_value_heads: 4, head_dim: 256, sliding_window: 4096,
       max_position_embeddings: 8192, hidden_act: "gelu_pytorch_tanh", tie_word_embeddings: true,
       attn_logit_softcapping: 50, final_logit_softcapping: 30, query_pre_attn_scalar: 256}""",
      GELU,
      NORMS_AROUND,
      NORMS_FROM_ZERO),
  GEMMA3(
      "gemma3_text",
      """
      {vocab_size: 262208, hidden_size: 2304, intermediate_size: 9216, num_hidden_layers: 26,
       num_attention_heads: 8, num_key_value_heads: 4, head_dim: 256, sliding_window: 4096,
       max_position_embeddings: 131072, hidden_act: "gelu_pytorch_tanh", tie_word_embeddings: true,
       query_pre_attn_scalar: 256, rope_theta: 1000000, rope_local_base_freq: 10000}""",
      GELU,
      NORMS_AROUND,
      NORMS_FROM_ZERO,
      HEAD_NORMS,
      LOCAL_ROTARY),
  PHI3("phi3", "{rms_norm_eps: 1e-5, original_max_position_embeddings: 4096}", FUSED_PROJECTIONS),
  GRANITE("granite", "{attention_multiplier: 1}"),
  OLMO2("olmo2", "{rms_norm_eps: 1e-5}", NORMS_AFTER, WIDTH_NORMS),
  MIXTRAL(
      "mixtral",
      """
      {num_key_value_heads: 8, rms_norm_eps: 1e-5, rope_theta: 1000000, num_local_experts: 8,
       num_experts_per_tok: 2, norm_topk_prob: true}""",
      EXPERTS),
  QWEN3_MOE(
      "qwen3_moe",
      """
      {num_key_value_heads: 4, num_experts_per_tok: 8, sliding_window: 4096,
       moe_intermediate_size: 768}""",
      EXPERTS,
      HEAD_NORMS);

  /** What the computation of a family has and Llama's has not. */
  enum Trait {
    /** The query, key and value projections have biases. */
    QKV_BIAS,
    /** Each query and key head is normed. */
    HEAD_NORMS,
    /** All query heads together and all key heads together are normed. */
    WIDTH_NORMS,
    /** Attention and feed-forward have a norm after them, and none before. */
    NORMS_AFTER,
    /** Attention and feed-forward have a norm before and one after them. */
    NORMS_AROUND,
    /** Norms multiply by 1 + weight. */
    NORMS_FROM_ZERO,
    /** The gate is GELU, in its tanh approximation, not SiLU. */
    GELU,
    /** Query, key and value are one projection, gate and up another. */
    FUSED_PROJECTIONS,
    /** Layers with a window have rotary frequencies of their own. */
    LOCAL_ROTARY,
    /** Layers may be mixtures of experts. */
    EXPERTS
  }

  private final String modelType;
  private final String defaults;
  private final ImmutableSet<Trait> traits;

  Family(String modelType, String defaults, Trait... traits) {
    this.modelType = modelType;
    this.defaults = defaults;
    this.traits = ImmutableSet.copyOf(traits);
  }

  /** Returns the family of a {@code model_type}. */
  static Optional<Family> ofModelType(String modelType) {
    return Arrays.stream(values()).filter(f -> f.modelType.equals(modelType)).findFirst();
  }

  /** Returns the {@code model_type}. */
  public String modelType() {
    return modelType;
  }

  /** Returns, as JSON, what transformers takes for keys that a configuration lacks. */
  String defaults() {
    return defaults;
  }

  /** Returns whether the family differs from Llama in this. */
  boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** Returns whether query, key and value are one projection, and gate and up another. */
  public boolean fusesProjections() {
    return has(FUSED_PROJECTIONS);
  }
}
