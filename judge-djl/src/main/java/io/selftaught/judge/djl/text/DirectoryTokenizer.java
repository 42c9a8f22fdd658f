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
import java.util.function.Function;

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
    String config = "tokenizer_config.json";
    Map<String, String> named = read(config, DirectoryTokenizer::namedTokens);
    Set<Integer> endIds = new HashSet<>();
    endIds.addAll(read("generation_config.json", DirectoryTokenizer::endIds));
    endIds.addAll(read("config.json", DirectoryTokenizer::endIds));
    List<String> endTokens =
        named.containsKey("eos_token") ? List.of(named.get("eos_token")) : List.of();
    return new TokenizerDefinition(
        file.toString(),
        NormalJson.of(text(file), file.toString()),
        read(config, this::template),
        named,
        endTokens,
        endIds);
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
  private static Optional<String> defaultTemplate(JsonArray templates) {
    for (JsonElement element : templates) {
      JsonObject entry = element.getAsJsonObject();
      if (entry.has("name") && entry.get("name").getAsString().equals("default")) {
        return Optional.of(entry.getAsJsonPrimitive("template").getAsString());
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

  /** The end is one id or a list of ids. */
  private static Set<Integer> endIds(JsonObject config) {
    JsonElement value = config.get("eos_token_id");
    Set<Integer> ids = new HashSet<>();
    if (value != null && value.isJsonArray()) {
      value.getAsJsonArray().forEach(id -> ids.add(id.getAsInt()));
    } else if (value != null && !value.isJsonNull()) {
      ids.add(value.getAsInt());
    }
    return ids;
  }

  /** Reads something in a file, which counts as an empty object if it is absent. */
  private <T> T read(String name, Function<JsonObject, T> reader) {
    Path file = directory.resolve(name);
    try {
      return reader.apply(
          Files.isRegularFile(file)
              ? JsonParser.parseString(text(file)).getAsJsonObject()
              : new JsonObject());
    } catch (JsonParseException
        | ClassCastException
        | IllegalStateException
        | UnsupportedOperationException
        | NumberFormatException e) {
      throw new InvalidInputException(
          "%s: not what a model's file holds (%s); get the file again"
              .formatted(file, e.getMessage()),
          e);
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
