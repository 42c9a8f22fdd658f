package io.selftaught.judge.djl.decoder;

import io.selftaught.judge.djl.weights.GgufFile;
import java.nio.file.Path;

/** Reads the shape of a decoder from where its format keeps it. */
public final class DecoderConfigs {

  private DecoderConfigs() {}

  /**
   * Reads a Hugging Face {@code config.json}.
   *
   * @throws io.selftaught.judge.InvalidInputException if it is damaged or asks for a computation
   *     that is not known
   */
  public static DecoderConfig fromHuggingFace(Path file) {
    return HuggingFaceConfig.read(file);
  }

  /**
   * Reads the metadata of a GGUF file.
   *
   * @throws io.selftaught.judge.InvalidInputException as above
   */
  public static DecoderConfig fromGguf(GgufFile file) {
    return GgufConfig.read(file);
  }
}
