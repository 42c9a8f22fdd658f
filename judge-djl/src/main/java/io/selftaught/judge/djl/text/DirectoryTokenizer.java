package io.selftaught.judge.djl.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the tokenizer of a Hugging Face directory: {@code tokenizer.json}, and as far as present
 * {@code tokenizer_config.json}, {@code chat_template.jinja}, {@code generation_config.json} and
 * {@code config.json}.
 */
final class DirectoryTokenizer {

  private static final List<String> NAMED_TOKENS =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");

  private final Path directory;

  private DirectoryTokenizer(Path directory) {
    this.directory = directory;
  }

  static TokenizerDefinition read(Path directory) {
    return new DirectoryTokenizer(directory).definition();
  }

  private TokenizerDefinition definition() {
    Path file = directory.resolve("tokenizer.json");
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "%s: no tokenizer.json; get it from the model's repository".formatted(directory));
    }
    JsonObject config = json("tokenizer_config.json");
    Map<String, String> named = namedTokens(config);
    Set<Integer> endIds = new HashSet<>(ids(json("generation_config.json"), "eos_token_id"));
    endIds.addAll(ids(json("config.json"), "eos_token_id"));
    List<String> endTokens =
        named.containsKey("eos_token") ? List.of(named.get("eos_token")) : List.of();
    return new TokenizerDefinition(
        file.toString(), text(file), template(config), named, endTokens, endIds);
  }

  /** A template in its own file counts before the one in the configuration. */
  private Optional<String> template(JsonObject config) {
    Path file = directory.resolve("chat_template.jinja");
    if (Files.isRegularFile(file)) {
      return Optional.of(text(file));
    }
    JsonElement template = config.get("chat_template");
    if (template == null || template.isJsonNull()) {
      return Optional.empty();
    }
    if (template.isJsonArray()) {
      return defaultTemplate(template.getAsJsonArray());
    }
    return Optional.of(template.getAsString());
  }

  /** Several templates by name: the one for plain conversations is called "default". */
  private Optional<String> defaultTemplate(JsonArray templates) {
    for (JsonElement element : templates) {
      JsonObject entry = element.getAsJsonObject();
      if (entry.get("name").getAsString().equals("default")) {
        return Optional.of(entry.get("template").getAsString());
      }
    }
    return Optional.empty();
  }

  /** A token is given as its content or as an object that has a content. */
  private static Map<String, String> namedTokens(JsonObject config) {
    Map<String, String> tokens = new TreeMap<>();
    for (String name : NAMED_TOKENS) {
      JsonElement value = config.get(name);
      if (value != null && value.isJsonObject()) {
        value = value.getAsJsonObject().get("content");
      }
      if (value != null && value.isJsonPrimitive()) {
        tokens.put(name, value.getAsString());
      }
    }
    return tokens;
  }

  /** An id, or a list of ids. */
  private Set<Integer> ids(JsonObject config, String key) {
    JsonElement value = config.get(key);
    Set<Integer> ids = new HashSet<>();
    if (value != null && value.isJsonArray()) {
      value.getAsJsonArray().forEach(id -> ids.add(id.getAsInt()));
    } else if (value != null && value.isJsonPrimitive()) {
      ids.add(value.getAsInt());
    }
    return ids;
  }

  private JsonObject json(String name) {
    Path file = directory.resolve(name);
    if (!Files.isRegularFile(file)) {
      return new JsonObject();
    }
    try {
      return JsonParser.parseString(text(file)).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new InvalidInputException(
          "%s: not a JSON object (%s); get the file again".formatted(file, e.getMessage()), e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new InvalidInputException("%s: not UTF-8 text; get the file again".formatted(file), e);
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be read (%s)".formatted(file, e), e);
    }
  }
}
