package io.selftaught.judge.djl.decoder;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Reads a {@code config.json}. */
final class HuggingFaceConfig {

  /** The model that sees pictures as well; its text part is a model of its own. */
  private static final String GEMMA3_WITH_VISION = "gemma3";

  private HuggingFaceConfig() {}

  static DecoderConfig read(Path file, OptionalInt context) {
    try {
      JsonElement json = JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8));
      if (!json.isJsonObject()) {
        throw new InvalidInputException(file + " is not a JSON object");
      }
      return ConfigReader.read(text(new Settings(file, json.getAsJsonObject())), context);
    } catch (IOException e) {
      throw new InvalidInputException("Can't read " + file + ": " + e.getMessage(), e);
    } catch (JsonParseException e) {
      throw new InvalidInputException(file + " is not valid JSON: " + e.getMessage(), e);
    }
  }

  private static Settings text(Settings settings) {
    if (!settings.string("model_type", "").equals(GEMMA3_WITH_VISION)) {
      return settings;
    }
    JsonObject modelType = new JsonObject();
    modelType.addProperty("model_type", Family.GEMMA3.modelType());
    return settings
        .object("text_config")
        .orElseThrow(() -> settings.refused("no \"text_config\"", "only the text part is known"))
        .withDefaults(modelType);
  }
}
