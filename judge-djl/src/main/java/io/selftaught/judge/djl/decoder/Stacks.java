package io.selftaught.judge.djl.decoder;

import io.selftaught.judge.djl.decoder.Family.Trait;
import io.selftaught.judge.djl.decoder.Stack.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Everything that a decoder is made of: tensors by their Hugging Face names. */
final class Stacks {

  private final DecoderConfig config;
  private final List<Stack> stacks = new ArrayList<>();

  private Stacks(DecoderConfig config) {
    this.config = config;
  }

  static List<Stack> of(DecoderConfig config) {
    Stacks stacks = new Stacks(config);
    stacks.addOutsideLayers();
    IntStream.range(0, config.numHiddenLayers()).forEach(stacks::addLayer);
    return stacks.stacks;
  }

  private void addOutsideLayers() {
    long hidden = config.hiddenSize();
    add("embedding", Part.of("model.embed_tokens.weight", config.vocabSize(), hidden));
    // Whatever divides the logits divides what the head reads.
    stacks.add(
        new Stack(
            "final_norm",
            List.of(Part.of("model.norm.weight", hidden)),
            config.scales().norm(),
            config.scales().logits(),
            false));
    if (!config.tieWordEmbeddings()) {
      add("head", Part.of("lm_head.weight", config.vocabSize(), hidden));
    }
  }

  private void addLayer(int layer) {
    String from = "model.layers." + layer + ".";
    String to = layer + ".";
    addNorms(from, to);
    addAttention(from + "self_attn.", to);
    if (config.layers().get(layer).mixed()) {
      addExperts(from, to);
    } else {
      addFeedForward(from + "mlp.", to);
    }
  }

  private void addNorms(String from, String to) {
    long hidden = config.hiddenSize();
    if (config.family().has(Trait.NORMS_AFTER)) {
      addNorm(to + "attended_norm", from + "post_attention_layernorm", hidden);
      addNorm(to + "mlp_output_norm", from + "post_feedforward_layernorm", hidden);
    } else if (config.family().has(Trait.NORMS_AROUND)) {
      addNorm(to + "input_norm", from + "input_layernorm", hidden);
      addNorm(to + "attended_norm", from + "post_attention_layernorm", hidden);
      addNorm(to + "mlp_norm", from + "pre_feedforward_layernorm", hidden);
      addNorm(to + "mlp_output_norm", from + "post_feedforward_layernorm", hidden);
    } else {
      addNorm(to + "input_norm", from + "input_layernorm", hidden);
      addNorm(to + "mlp_norm", from + "post_attention_layernorm", hidden);
    }
  }

  private void addAttention(String from, String to) {
    long hidden = config.hiddenSize();
    long queries = config.queryWidth();
    long keys = config.keyValueWidth();
    if (config.family().has(Trait.FUSED_PROJECTIONS)) {
      addProjection(to + "qkv", Part.of(from + "qkv_proj.weight", queries + 2 * keys, hidden));
    } else {
      addProjection(
          to + "qkv",
          Part.of(from + "q_proj.weight", queries, hidden),
          Part.of(from + "k_proj.weight", keys, hidden),
          Part.of(from + "v_proj.weight", keys, hidden));
    }
    if (config.family().has(Trait.QKV_BIAS)) {
      add(
          to + "qkv_bias",
          Part.of(from + "q_proj.bias", queries),
          Part.of(from + "k_proj.bias", keys),
          Part.of(from + "v_proj.bias", keys));
    }
    if (config.family().has(Trait.HEAD_NORMS)) {
      addNorm(to + "q_head_norm", from + "q_norm", config.headDim());
      addNorm(to + "k_head_norm", from + "k_norm", config.headDim());
    }
    if (config.family().has(Trait.WIDTH_NORMS)) {
      addNorm(to + "q_norm", from + "q_norm", queries);
      addNorm(to + "k_norm", from + "k_norm", keys);
    }
    addProjection(to + "o", Part.of(from + "o_proj.weight", hidden, queries));
  }

  private void addFeedForward(String from, String to) {
    long hidden = config.hiddenSize();
    long width = config.intermediateSize();
    if (config.family().has(Trait.FUSED_PROJECTIONS)) {
      addProjection(to + "gate_up", Part.of(from + "gate_up_proj.weight", 2 * width, hidden));
    } else {
      addProjection(
          to + "gate_up",
          Part.of(from + "gate_proj.weight", width, hidden),
          Part.of(from + "up_proj.weight", width, hidden));
    }
    addProjection(to + "down", Part.of(from + "down_proj.weight", hidden, width));
  }

  private void addExperts(String from, String to) {
    ExpertNames names = ExpertNames.of(config.family());
    long hidden = config.hiddenSize();
    long width = config.experts().intermediateSize();
    int count = config.experts().count();
    add(to + "router", Part.of(from + names.router(), count, hidden));
    addAll(
        to + "gate_up",
        IntStream.range(0, count)
            .boxed()
            .flatMap(
                e ->
                    Stream.of(
                        Part.of(from + names.gate(e), width, hidden),
                        Part.of(from + names.up(e), width, hidden))));
    addAll(
        to + "down",
        IntStream.range(0, count).mapToObj(e -> Part.of(from + names.down(e), hidden, width)));
  }

  /** How the tensors of a mixture are called below their layer. */
  private record ExpertNames(String block, String gate, String up, String down) {

    static ExpertNames of(Family family) {
      return family == Family.MIXTRAL
          ? new ExpertNames("block_sparse_moe", "w1", "w3", "w2")
          : new ExpertNames("mlp", "gate_proj", "up_proj", "down_proj");
    }

    String router() {
      return block + ".gate.weight";
    }

    String gate(int expert) {
      return part(expert, gate);
    }

    String up(int expert) {
      return part(expert, up);
    }

    String down(int expert) {
      return part(expert, down);
    }

    private String part(int expert, String name) {
      return "%s.experts.%d.%s.weight".formatted(block, expert, name);
    }
  }

  private void addNorm(String key, String name, long size) {
    Part part = Part.of(name + ".weight", size);
    stacks.add(new Stack(key, List.of(part), config.scales().norm(), 1, false));
  }

  private void add(String key, Part... parts) {
    stacks.add(Stack.of(key, List.of(parts)));
  }

  private void addProjection(String key, Part... parts) {
    stacks.add(Stack.projection(key, List.of(parts)));
  }

  private void addAll(String key, Stream<Part> parts) {
    stacks.add(Stack.of(key, parts.toList()));
  }
}
