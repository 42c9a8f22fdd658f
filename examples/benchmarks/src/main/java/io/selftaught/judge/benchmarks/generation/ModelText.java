package io.selftaught.judge.benchmarks.generation;

import io.selftaught.judge.djl.decoder.DecoderConfig;
import io.selftaught.judge.djl.decoder.DecoderConfigs;
import io.selftaught.judge.djl.text.ChatTokenizer;
import io.selftaught.judge.djl.weights.Checkpoint;
import io.selftaught.judge.djl.weights.Checkpoints;
import io.selftaught.judge.djl.weights.GgufFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What of a model is known without loading its weights.
 *
 * @param tokenizer to be closed
 * @param shape how many weights take part in what
 */
record ModelText(ChatTokenizer tokenizer, Shape shape) implements AutoCloseable {

  /** Opens a GGUF file or a Hugging Face directory. */
  static ModelText open(Path path) {
    if (Files.isDirectory(path)) {
      try (Checkpoint checkpoint = Checkpoints.openDirectory(path)) {
        DecoderConfig config = DecoderConfigs.fromHuggingFace(path.resolve("config.json"));
        long parameters =
            checkpoint.names().stream().mapToLong(n -> checkpoint.info(n).elements()).sum();
        return new ModelText(ChatTokenizer.fromDirectory(path), Shape.of(config, parameters));
      }
    }
    try (GgufFile file = GgufFile.open(path)) {
      DecoderConfig config = DecoderConfigs.fromGguf(file);
      long parameters = file.tensors().values().stream().mapToLong(t -> t.elements()).sum();
      return new ModelText(
          ChatTokenizer.fromGguf(file.metadata(), path), Shape.of(config, parameters));
    }
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
