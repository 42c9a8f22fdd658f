package io.selftaught.judge.djl.decoder;

import ai.djl.ndarray.NDArray;
import io.selftaught.judge.djl.weights.Checkpoint;
import io.selftaught.judge.djl.weights.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Tensors of a checkpoint that become one tensor, one below the other.
 *
 * @param key the name of the result in {@code weights.py}
 * @param parts the tensors in order
 */
record Stack(String key, List<Part> parts) {

  /** A tensor that the checkpoint must have, with its Hugging Face name and shape. */
  record Part(String name, List<Long> shape) {
    static Part of(String name, long... shape) {
      return new Part(name, LongStream.of(shape).boxed().toList());
    }

    long rows() {
      return shape.get(0);
    }
  }

  private static Stack of(String key, Part... parts) {
    return new Stack(key, List.of(parts));
  }

  /** Returns everything that a decoder of this shape is made of. */
  static List<Stack> of(DecoderConfig config) {
    long hidden = config.hiddenSize();
    List<Stack> stacks = new ArrayList<>();
    stacks.add(of("embedding", Part.of("model.embed_tokens.weight", config.vocabSize(), hidden)));
    stacks.add(of("final_norm", Part.of("model.norm.weight", hidden)));
    if (!config.tieWordEmbeddings()) {
      stacks.add(of("head", Part.of("lm_head.weight", config.vocabSize(), hidden)));
    }
    for (int i = 0; i < config.numHiddenLayers(); i++) {
      addLayer(stacks, config, i);
    }
    return stacks;
  }

  private static void addLayer(List<Stack> stacks, DecoderConfig config, int layer) {
    String from = "model.layers." + layer + ".";
    String to = layer + ".";
    long hidden = config.hiddenSize();
    long width = config.intermediateSize();
    long queries = config.queryWidth();
    long keys = config.keyValueWidth();
    stacks.add(of(to + "input_norm", Part.of(from + "input_layernorm.weight", hidden)));
    stacks.add(
        of(
            to + "qkv",
            Part.of(from + "self_attn.q_proj.weight", queries, hidden),
            Part.of(from + "self_attn.k_proj.weight", keys, hidden),
            Part.of(from + "self_attn.v_proj.weight", keys, hidden)));
    if (config.attentionBias()) {
      stacks.add(
          of(
              to + "qkv_bias",
              Part.of(from + "self_attn.q_proj.bias", queries),
              Part.of(from + "self_attn.k_proj.bias", keys),
              Part.of(from + "self_attn.v_proj.bias", keys)));
    }
    stacks.add(of(to + "o", Part.of(from + "self_attn.o_proj.weight", hidden, queries)));
    stacks.add(
        of(to + "post_attention_norm", Part.of(from + "post_attention_layernorm.weight", hidden)));
    stacks.add(
        of(
            to + "gate_up",
            Part.of(from + "mlp.gate_proj.weight", width, hidden),
            Part.of(from + "mlp.up_proj.weight", width, hidden)));
    stacks.add(of(to + "down", Part.of(from + "mlp.down_proj.weight", hidden, width)));
  }

  /** Reads the parts into one tensor, several threads at a time. */
  NDArray read(Checkpoint checkpoint, ElementType type, NativeMemory memory) {
    long[] shape = parts.get(0).shape().stream().mapToLong(Long::longValue).toArray();
    shape[0] = parts.stream().mapToLong(Part::rows).sum();
    long rowBytes = type.bytes() * LongStream.of(shape).skip(1).reduce(1, (a, b) -> a * b);
    NDArray array = memory.allocate(type, shape);
    record Task(Part part, NativeMemory.Piece piece) {}
    List<Task> tasks = new ArrayList<>();
    long row = 0;
    for (Part part : parts) {
      memory.pieces(array, row, part.rows(), rowBytes).forEach(p -> tasks.add(new Task(part, p)));
      row += part.rows();
    }
    tasks.parallelStream()
        .forEach(
            task ->
                checkpoint.read(
                    task.part().name(),
                    type,
                    task.piece().firstRow(),
                    task.piece().rows(),
                    task.piece().bytes()));
    return array;
  }
}
