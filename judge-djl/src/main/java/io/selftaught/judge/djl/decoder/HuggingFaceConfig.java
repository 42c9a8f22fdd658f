package io.selftaught.judge.djl.decoder;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code config.json}. What would change the computation and is not known here is refused,
 * never ignored.
 */
final class HuggingFaceConfig {

  private static final Set<String> MODEL_TYPES = Set.of("llama", "qwen2");

  private final Path file;
  private final JsonObject json;

  private HuggingFaceConfig(Path file, JsonObject json) {
    this.file = file;
    this.json = json;
  }

  static DecoderConfig read(Path file) {
    try {
      JsonElement json = JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8));
      if (!json.isJsonObject()) {
        throw new InvalidInputException(file + " is not a JSON object");
      }
      return new HuggingFaceConfig(file, json.getAsJsonObject()).decode();
    } catch (IOException e) {
      throw new InvalidInputException("Can't read " + file + ": " + e.getMessage(), e);
    } catch (JsonParseException e) {
      throw new InvalidInputException(file + " is not valid JSON: " + e.getMessage(), e);
    }
  }

  private DecoderConfig decode() {
    String modelType = string("model_type", "");
    if (!MODEL_TYPES.contains(modelType)) {
      throw refused("model_type \"%s\"".formatted(modelType), "known are " + MODEL_TYPES);
    }
    refuseUnknown();
    boolean qwen2 = modelType.equals("qwen2");
    int hiddenSize = integer("hidden_size");
    int heads = integer("num_attention_heads");
    return new DecoderConfig(
        modelType,
        integer("vocab_size"),
        hiddenSize,
        integer("intermediate_size"),
        integer("num_hidden_layers"),
        heads,
        present("num_key_value_heads") ? integer("num_key_value_heads") : heads,
        present("head_dim") ? integer("head_dim") : hiddenSize / Math.max(1, heads),
        integer("max_position_embeddings"),
        real("rms_norm_eps", 1e-6),
        ropeTheta(),
        qwen2 || flag("attention_bias"),
        flag("tie_word_embeddings"));
  }

  private void refuseUnknown() {
    String activation = string("hidden_act", "silu");
    if (!activation.equals("silu")) {
      throw refused("hidden_act \"%s\"".formatted(activation), "known is \"silu\"");
    }
    if (flag("mlp_bias")) {
      throw refused("mlp_bias", "the feed-forward projections must have no bias");
    }
    if (string("model_type", "").equals("llama") && flag("attention_bias")) {
      throw refused("attention_bias", "a bias on the output projection is not known");
    }
    if (flag("use_sliding_window")) {
      throw refused("use_sliding_window", "only full attention is known");
    }
    if (present("quantization_config")) {
      throw refused("quantization_config", "take the unquantised checkpoint or a GGUF file");
    }
    JsonObject scaling = object("rope_scaling");
    JsonObject rope = scaling == null ? object("rope_parameters") : scaling;
    if (rope != null) {
      String key = rope.has("rope_type") ? "rope_type" : "type";
      JsonElement type = rope.get(key);
      if (type != null && !type.equals(new JsonPrimitive("default"))) {
        throw refused("rope scaling " + type, "only unscaled rotary positions are known");
      }
    }
  }

  /** The base of the frequencies stands at the top level or, since transformers 5, one below. */
  private double ropeTheta() {
    JsonObject parameters = object("rope_parameters");
    return parameters != null && parameters.has("rope_theta")
        ? new HuggingFaceConfig(file, parameters).real("rope_theta", 10_000)
        : real("rope_theta", 10_000);
  }

  private boolean present(String key) {
    return json.has(key) && !json.get(key).isJsonNull();
  }

  private @Nullable JsonObject object(String key) {
    if (!present(key)) {
      return null;
    }
    if (!json.get(key).isJsonObject()) {
      throw wrong(key, "an object");
    }
    return json.getAsJsonObject(key);
  }

  private int integer(String key) {
    if (!present(key)) {
      throw new InvalidInputException("%s lacks \"%s\"".formatted(file, key));
    }
    try {
      return json.get(key).getAsBigDecimal().intValueExact();
    } catch (ArithmeticException | NumberFormatException | UnsupportedOperationException e) {
      throw wrong(key, "an integer");
    }
  }

  private double real(String key, double fallback) {
    if (!present(key)) {
      return fallback;
    }
    try {
      return json.get(key).getAsDouble();
    } catch (NumberFormatException | UnsupportedOperationException | IllegalStateException e) {
      throw wrong(key, "a number");
    }
  }

  private String string(String key, String fallback) {
    if (!present(key)) {
      return fallback;
    }
    if (!json.get(key).isJsonPrimitive()) {
      throw wrong(key, "a text");
    }
    return json.get(key).getAsString();
  }

  private boolean flag(String key) {
    if (!present(key)) {
      return false;
    }
    if (!json.get(key).isJsonPrimitive() || !json.getAsJsonPrimitive(key).isBoolean()) {
      throw wrong(key, "true or false");
    }
    return json.get(key).getAsBoolean();
  }

  private InvalidInputException wrong(String key, String expected) {
    return new InvalidInputException(
        "\"%s\" in %s must be %s, was %s".formatted(key, file, expected, json.get(key)));
  }

  private InvalidInputException refused(String what, String remedy) {
    return new InvalidInputException("%s has %s: %s".formatted(file, what, remedy));
  }
}
