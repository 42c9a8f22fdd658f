package io.selftaught.judge.djl;

import ai.djl.Device;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.decoder.DecoderConfig;
import io.selftaught.judge.djl.decoder.DecoderConfigs;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.decoder.Precision;
import io.selftaught.judge.djl.text.ChatTokenizer;
import io.selftaught.judge.djl.weights.Checkpoint;
import io.selftaught.judge.djl.weights.Checkpoints;
import io.selftaught.judge.djl.weights.GgufFile;
import io.selftaught.judge.djl.weights.GgufParts;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The files of a model: one GGUF file, or a directory in the layout of Hugging Face. */
final class ModelFiles {

  private static final int FINGERPRINTED_BYTES = 1 << 20;

  private final Path path;
  private final String title;
  private final boolean directory;

  private ModelFiles(Path path, String title, boolean directory) {
    this.path = path;
    this.title = title;
    this.directory = directory;
  }

  /**
   * Finds out what a path holds.
   *
   * @throws InvalidInputException if it holds neither
   */
  static ModelFiles of(Path path) {
    return of(path, String.valueOf(path.toAbsolutePath().normalize().getFileName()));
  }

  /**
   * Finds out what a path holds.
   *
   * @param title what people call the model
   * @throws InvalidInputException if it holds neither
   */
  static ModelFiles of(Path path, String title) {
    if (Files.isDirectory(path)) {
      if (!Files.isRegularFile(path.resolve("config.json"))) {
        throw new InvalidInputException(
            path
                + " has no config.json: a model directory has config.json, tokenizer.json and"
                + " *.safetensors");
      }
      return new ModelFiles(path, title, true);
    }
    if (!Files.isRegularFile(path)) {
      throw new InvalidInputException(
          path + " does not exist: expected a GGUF file or a model directory");
    }
    return new ModelFiles(path, title, false);
  }

  /**
   * Reads the weights.
   *
   * @param context the longest context in tokens, if not what the model says
   * @param available the memory for them in bytes, if known
   * @throws InvalidInputException if that is too little, or the model was made for less context
   */
  DecoderWeights weights(
      Precision precision, OptionalInt context, Device device, OptionalLong available) {
    if (directory) {
      try (Checkpoint checkpoint = Checkpoints.openDirectory(path)) {
        DecoderConfig config = DecoderConfigs.fromHuggingFace(path.resolve("config.json"), context);
        return weights(checkpoint, config, precision, device, available);
      }
    }
    try (GgufFile file = GgufFile.open(path);
        Checkpoint checkpoint = Checkpoints.openGguf(file)) {
      return weights(
          checkpoint, DecoderConfigs.fromGguf(file, context), precision, device, available);
    }
  }

  private DecoderWeights weights(
      Checkpoint checkpoint,
      DecoderConfig config,
      Precision precision,
      Device device,
      OptionalLong available) {
    MemoryPlan.checkWeights(title, DecoderWeights.bytes(config, precision), available);
    return DecoderWeights.load(checkpoint, config, precision, device);
  }

  /** Reads the tokenizer. */
  ChatTokenizer tokenizer() {
    if (directory) {
      return ChatTokenizer.fromDirectory(path);
    }
    try (GgufFile file = GgufFile.open(path)) {
      return ChatTokenizer.fromGguf(file.metadata(), path);
    }
  }

  /** Returns the title with a fingerprint of the files. */
  String name() {
    return title + "@" + (directory ? fingerprint(path) : fingerprint(GgufParts.paths(path)));
  }

  /**
   * Returns a fingerprint of the configuration and the weights in a directory, be it of a model or
   * an adapter.
   */
  static String fingerprint(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return fingerprint(
          files
              .filter(f -> f.toString().endsWith(".safetensors") || f.endsWith("config.json"))
              .sorted()
              .toList());
    } catch (IOException e) {
      throw new InvalidInputException("Can't read " + directory + ": " + e.getMessage(), e);
    }
  }

  /**
   * It covers the size, the first and the last mebibyte of each file: enough to tell models apart,
   * and no second reading of gigabytes.
   */
  private static String fingerprint(List<Path> files) {
    Hasher hasher = Hashing.sha256().newHasher();
    for (Path file : files) {
      try (FileChannel channel = FileChannel.open(file)) {
        hasher.putLong(channel.size());
        for (long start : new long[] {0, Math.max(0, channel.size() - FINGERPRINTED_BYTES)}) {
          channel.position(start);
          hasher.putBytes(Channels.newInputStream(channel).readNBytes(FINGERPRINTED_BYTES));
        }
      } catch (IOException e) {
        throw new InvalidInputException("Can't read " + file + ": " + e.getMessage(), e);
      }
    }
    return hasher.hash().toString().substring(0, 12);
  }
}
