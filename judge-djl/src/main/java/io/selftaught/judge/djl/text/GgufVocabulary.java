package io.selftaught.judge.djl.text;

import com.google.gson.stream.JsonWriter;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.weights.GgufMetadata;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The tokens in the header of a GGUF file, each with what it is for. */
final class GgufVocabulary {

  private static final String TOKENS = "tokenizer.ggml.tokens";
  private static final String TYPES = "tokenizer.ggml.token_type";

  /** What a token is for; its number in the file is its ordinal. */
  enum Kind {
    UNDEFINED,
    NORMAL,
    UNKNOWN,
    CONTROL,
    USER_DEFINED,
    UNUSED,
    BYTE
  }

  private final GgufMetadata header;
  private final String origin;
  private final List<String> tokens;
  private final int[] types;

  /**
   * Reads the tokens.
   *
   * @throws InvalidInputException if they and their types don't go together
   */
  GgufVocabulary(GgufMetadata header, String origin) {
    this.header = header;
    this.origin = origin;
    this.tokens = header.strings(TOKENS);
    this.types = header.has(TYPES) ? header.integers(TYPES) : new int[tokens.size()];
    if (types.length != tokens.size()) {
      throw new InvalidInputException(
          "%s: %s has %d entries for %d tokens; the file is damaged"
              .formatted(origin, TYPES, types.length, tokens.size()));
    }
  }

  int size() {
    return tokens.size();
  }

  String text(int id) {
    return tokens.get(id);
  }

  /** Numbers that are not known count as undefined, as they do in llama.cpp. */
  Kind kind(int id) {
    int type = types[id];
    return type >= 0 && type < Kind.values().length ? Kind.values()[type] : Kind.UNDEFINED;
  }

  /**
   * Returns the id under a key, if the header has it.
   *
   * @throws InvalidInputException if it is of no token
   */
  Optional<Integer> id(String key) {
    if (!header.has(key)) {
      return Optional.empty();
    }
    long id = header.integer(key);
    if (id < 0 || id >= tokens.size()) {
      throw new InvalidInputException(
          "%s: %s is %d, but there are %d tokens; the file is damaged"
              .formatted(origin, key, id, tokens.size()));
    }
    return Optional.of((int) id);
  }

  /** Writes the tokens that are found in text before anything else is done to it. */
  void writeAddedTokens(JsonWriter json) throws IOException {
    json.name("added_tokens").beginArray();
    for (int id = 0; id < types.length; id++) {
      if (kind(id) == Kind.CONTROL || kind(id) == Kind.USER_DEFINED) {
        json.beginObject();
        json.name("id").value(id);
        json.name("content").value(tokens.get(id));
        for (String no : List.of("single_word", "lstrip", "rstrip", "normalized")) {
          json.name(no).value(false);
        }
        json.name("special").value(kind(id) == Kind.CONTROL);
        json.endObject();
      }
    }
    json.endArray();
  }

  /** Writes the ids of all tokens but the unused ones, which only pad the embedding. */
  void writeIds(JsonWriter json) throws IOException {
    json.name("vocab").beginObject();
    for (int id = 0; id < types.length; id++) {
      if (kind(id) != Kind.UNUSED) {
        json.name(tokens.get(id)).value(id);
      }
    }
    json.endObject();
  }
}
