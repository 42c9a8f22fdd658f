package io.selftaught.judge.djl.decoder;

import ai.djl.Device;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.selftaught.judge.djl.weights.Checkpoint;
import io.selftaught.judge.djl.weights.Checkpoints;
import io.selftaught.judge.djl.weights.ElementType;
import io.selftaught.judge.djl.weights.GgufFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import org.opentest4j.TestAbortedException;

/** The models and numbers under {@code src/test/resources/reference}; see the README there. */
public final class References {

  /** Models that not every build has: how their paths begin, and where they come from. */
  private static final Map<String, String> ON_DEMAND =
      Map.of(
          "qwen2.5-coder-1.5b-", ".ci/fetch-models --large fetches it",
          "requantised/", "make_perplexities.py makes it");

  private References() {}

  public static Path path(String name) {
    return Path.of("src/test/resources/reference").resolve(name);
  }

  public static DecoderWeights load(String directory, ElementType type) {
    return load(directory, Precision.of(type));
  }

  public static DecoderWeights load(String directory, Precision precision) {
    return load(directory, OptionalInt.empty(), precision);
  }

  static DecoderWeights load(String directory, OptionalInt context, Precision precision) {
    Path path = path(directory);
    DecoderConfig config = DecoderConfigs.fromHuggingFace(path.resolve("config.json"), context);
    return load(path, config, precision);
  }

  private static DecoderWeights load(Path directory, DecoderConfig config, Precision precision) {
    try (Checkpoint checkpoint = Checkpoints.openDirectory(directory)) {
      return DecoderWeights.load(checkpoint, config, precision, Device.cpu());
    }
  }

  /** Loads a model in fp32 as if it had been made for a context of so many tokens. */
  public static DecoderWeights load(Path directory, int context) {
    return load(directory, context, ElementType.F32);
  }

  /** Loads a model as if it had been made for a context of so many tokens. */
  public static DecoderWeights load(Path directory, int context, ElementType type) {
    DecoderConfig c = DecoderConfigs.fromHuggingFace(directory.resolve("config.json"));
    DecoderConfig longer =
        new DecoderConfig(
            c.family(),
            c.vocabSize(),
            c.hiddenSize(),
            c.intermediateSize(),
            c.numAttentionHeads(),
            c.numKeyValueHeads(),
            c.headDim(),
            context,
            c.rmsNormEps(),
            c.tieWordEmbeddings(),
            c.slidingWindow(),
            c.rotaries(),
            c.layers(),
            c.scales(),
            c.experts());
    return load(directory, longer, Precision.of(type));
  }

  public static DecoderWeights loadGguf(Path path, ElementType type) {
    return loadGguf(path, Precision.of(type));
  }

  public static DecoderWeights loadGguf(Path path, Precision precision) {
    return loadGguf(path, OptionalInt.empty(), precision);
  }

  static DecoderWeights loadGguf(Path path, OptionalInt context, Precision precision) {
    try (GgufFile file = GgufFile.open(path);
        Checkpoint checkpoint = Checkpoints.openGguf(file)) {
      DecoderConfig config = DecoderConfigs.fromGguf(file, context);
      return DecoderWeights.load(checkpoint, config, precision, Device.cpu());
    }
  }

  /**
   * Returns a real model's file, for tests of the tag {@code weights}. Where a model is not there
   * that is only fetched on demand, the calling test is skipped, and that is said.
   */
  public static Path model(String file) {
    String folder = System.getProperty("JUDGE_MODELS", System.getenv("JUDGE_MODELS"));
    if (folder == null) {
      throw new IllegalStateException(
          "JUDGE_MODELS must name the folder that .ci/fetch-models fills");
    }
    Path path = Path.of(folder).resolve(file);
    if (!Files.exists(path)) {
      ON_DEMAND.forEach(
          (start, remedy) -> {
            if (file.startsWith(start)) {
              skip("SKIPPED: %s is missing; %s".formatted(path, remedy));
            }
          });
    }
    return path;
  }

  private static void skip(String reason) {
    System.err.println(reason); // the build's own report counts skipped tests without a reason
    throw new TestAbortedException(reason);
  }

  public static JsonObject json(String file) {
    try {
      return JsonParser.parseString(Files.readString(path(file))).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<JsonObject> objects(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  public static int[] ints(JsonElement array) {
    return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
        .mapToInt(JsonElement::getAsInt)
        .toArray();
  }

  public static float[] floats(JsonElement array) {
    float[] values = new float[array.getAsJsonArray().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.getAsJsonArray().get(i).getAsFloat();
    }
    return values;
  }

  /** Returns the length of the difference, as a part of the length of what is expected. */
  static double distance(float[] found, float[] expected) {
    double difference = 0;
    double size = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(found[i] - expected[i], 2);
      size += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / size);
  }
}
