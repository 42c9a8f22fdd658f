package io.selftaught.judge.djl.decoder;

import io.selftaught.judge.djl.weights.GgufFile;
import java.nio.file.Path;
import java.util.OptionalInt;

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
    return fromHuggingFace(file, OptionalInt.empty());
  }

  /**
   * Reads a Hugging Face {@code config.json} for a context of so many tokens.
   *
   * @throws io.selftaught.judge.InvalidInputException as above, and if the model was made for less
   */
  public static DecoderConfig fromHuggingFace(Path file, OptionalInt context) {
    return HuggingFaceConfig.read(file, context);
  }

  /**
   * Reads the metadata of a GGUF file.
   *
   * @throws io.selftaught.judge.InvalidInputException as above
   */
  public static DecoderConfig fromGguf(GgufFile file) {
    return fromGguf(file, OptionalInt.empty());
  }

  /**
   * Reads the metadata of a GGUF file for a context of so many tokens.
   *
   * @throws io.selftaught.judge.InvalidInputException as above
   */
  public static DecoderConfig fromGguf(GgufFile file, OptionalInt context) {
    return GgufConfig.read(file, context);
  }
}
