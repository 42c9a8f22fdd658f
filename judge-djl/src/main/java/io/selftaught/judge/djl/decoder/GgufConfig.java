package io.selftaught.judge.djl.decoder;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.weights.GgufFile;
import io.selftaught.judge.djl.weights.GgufMetadata;
import io.selftaught.judge.djl.weights.TensorInfo;
import java.util.Set;

/** Reads a decoder's shape from the metadata of a GGUF file. */
final class GgufConfig {

  private static final Set<String> ARCHITECTURES = Set.of("llama", "qwen2");

  private GgufConfig() {}

  static DecoderConfig read(GgufFile file) {
    GgufMetadata metadata = file.metadata();
    String architecture = metadata.string("general.architecture");
    if (!ARCHITECTURES.contains(architecture)) {
      throw new InvalidInputException(
          "%s holds architecture \"%s\": known are %s"
              .formatted(file.path(), architecture, ARCHITECTURES));
    }
    String prefix = architecture + ".";
    String scaling = metadata.string(prefix + "rope.scaling.type", "none");
    if (!scaling.equals("none") || file.ropeFactors().isPresent()) {
      throw new InvalidInputException(
          file.path() + " scales its rotary positions: only unscaled ones are known");
    }
    int hiddenSize = integer(metadata, prefix + "embedding_length");
    int heads = integer(metadata, prefix + "attention.head_count");
    int headDim = hiddenSize / Math.max(1, heads);
    return new DecoderConfig(
        architecture,
        vocabulary(file),
        hiddenSize,
        integer(metadata, prefix + "feed_forward_length"),
        integer(metadata, prefix + "block_count"),
        heads,
        Math.toIntExact(metadata.integer(prefix + "attention.head_count_kv", heads)),
        Math.toIntExact(metadata.integer(prefix + "attention.key_length", headDim)),
        integer(metadata, prefix + "context_length"),
        metadata.real(prefix + "attention.layer_norm_rms_epsilon"),
        metadata.real(prefix + "rope.freq_base", 10_000),
        architecture.equals("qwen2"),
        !file.tensors().containsKey("output.weight"));
  }

  /** The embedding tells: the key of that name is optional and the token list can be shorter. */
  private static int vocabulary(GgufFile file) {
    TensorInfo embedding = file.tensors().get("token_embd.weight");
    if (embedding == null) {
      throw new InvalidInputException(file.path() + " lacks the tensor token_embd.weight");
    }
    return Math.toIntExact(embedding.rows());
  }

  private static int integer(GgufMetadata metadata, String key) {
    return Math.toIntExact(metadata.integer(key));
  }
}
