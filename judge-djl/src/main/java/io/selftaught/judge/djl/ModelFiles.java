package io.selftaught.judge.djl;

import ai.djl.Device;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.decoder.DecoderConfigs;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.text.ChatTokenizer;
import io.selftaught.judge.djl.weights.Checkpoint;
import io.selftaught.judge.djl.weights.Checkpoints;
import io.selftaught.judge.djl.weights.ElementType;
import io.selftaught.judge.djl.weights.GgufFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a model: one GGUF file, or a directory in the layout of Hugging Face. */
sealed interface ModelFiles {

  /**
   * Finds out what a path holds.
   *
   * @throws InvalidInputException if it holds neither
   */
  static ModelFiles of(Path path) {
    if (Files.isDirectory(path)) {
      if (!Files.isRegularFile(path.resolve("config.json"))) {
        throw new InvalidInputException(
            path
                + " has no config.json: a model directory has config.json, tokenizer.json and"
                + " *.safetensors");
      }
      return new Directory(path);
    }
    if (!Files.isRegularFile(path)) {
      throw new InvalidInputException(
          path + " does not exist: expected a GGUF file or a model directory");
    }
    return new Gguf(path);
  }

  /** Reads the weights. */
  DecoderWeights weights(ElementType type, Device device);

  /** Reads the tokenizer. */
  ChatTokenizer tokenizer();

  /** Returns the file name with a fingerprint of the files. */
  String name();

  /** One file that holds everything. */
  record Gguf(Path path) implements ModelFiles {
    @Override
    public DecoderWeights weights(ElementType type, Device device) {
      try (GgufFile file = GgufFile.open(path);
          Checkpoint checkpoint = Checkpoints.openGguf(file)) {
        return DecoderWeights.load(checkpoint, DecoderConfigs.fromGguf(file), type, device);
      }
    }

    @Override
    public ChatTokenizer tokenizer() {
      try (GgufFile file = GgufFile.open(path)) {
        return ChatTokenizer.fromGguf(file.metadata(), path);
      }
    }

    @Override
    public String name() {
      return fingerprinted(path, List.of(path));
    }
  }

  /** A directory with {@code config.json}, weights and tokenizer. */
  record Directory(Path path) implements ModelFiles {
    @Override
    public DecoderWeights weights(ElementType type, Device device) {
      try (Checkpoint checkpoint = Checkpoints.openDirectory(path)) {
        return DecoderWeights.load(
            checkpoint, DecoderConfigs.fromHuggingFace(path.resolve("config.json")), type, device);
      }
    }

    @Override
    public ChatTokenizer tokenizer() {
      return ChatTokenizer.fromDirectory(path);
    }

    @Override
    public String name() {
      try (Stream<Path> files = Files.list(path)) {
        return fingerprinted(
            path,
            files
                .filter(f -> f.toString().endsWith(".safetensors") || f.endsWith("config.json"))
                .sorted()
                .toList());
      } catch (IOException e) {
        throw new InvalidInputException("Can't read " + path + ": " + e.getMessage(), e);
      }
    }
  }

  /**
   * The fingerprint covers the size, the first and the last mebibyte of each file: enough to tell
   * models apart, and no second reading of gigabytes.
   */
  private static String fingerprinted(Path path, List<Path> files) {
    int end = 1 << 20;
    Hasher hasher = Hashing.sha256().newHasher();
    for (Path file : files) {
      try (FileChannel channel = FileChannel.open(file)) {
        hasher.putLong(channel.size());
        for (long start : new long[] {0, Math.max(0, channel.size() - end)}) {
          channel.position(start);
          hasher.putBytes(Channels.newInputStream(channel).readNBytes(end));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return path.toAbsolutePath().normalize().getFileName()
        + "@"
        + hasher.hash().toString().substring(0, 12);
  }
}
