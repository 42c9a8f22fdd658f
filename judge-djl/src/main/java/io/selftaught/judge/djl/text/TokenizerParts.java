package io.selftaught.judge.djl.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.selftaught.judge.InvalidInputException;
import java.util.Map;
import java.util.Set;

/**
 * The parts that a {@code tokenizer.json} may be made of.
 *
 * <p>What the tokenizer library doesn't foresee ends the whole process, and there is much that it
 * doesn't. So only what byte-level and SentencePiece BPE tokenizers are made of gets through, with
 * values that the library bears; the rest is refused by name.
 */
final class TokenizerParts {

  private static final Map<String, Set<String>> TYPES =
      Map.of(
          "normalizer",
          Set.of("Sequence", "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "Replace", "Prepend"),
          "pre_tokenizer",
          Set.of("Sequence", "ByteLevel", "Digits", "Metaspace", "Split", "WhitespaceSplit"),
          "post_processor",
          Set.of("Sequence", "ByteLevel", "TemplateProcessing"),
          "decoder",
          Set.of("Sequence", "ByteLevel", "ByteFallback", "Fuse", "Metaspace", "Replace", "Strip"));

  private static final Set<String> MODEL =
      Set.of("unk_token", "fuse_unk", "byte_fallback", "ignore_merges");

  private final String origin;

  TokenizerParts(String origin) {
    this.origin = origin;
  }

  /** Returns whether this class has something to say about a member of the file. */
  static boolean knows(String member) {
    return TYPES.containsKey(member);
  }

  /**
   * Checks a normalizer, a pre-tokenizer, a post-processor or a decoder.
   *
   * @throws InvalidInputException if something in it is not known
   */
  void check(String member, JsonElement part) {
    if (part.isJsonNull()) {
      return;
    }
    JsonObject object = part.getAsJsonObject();
    String type = object.has("type") ? object.get("type").getAsString() : "";
    if (!TYPES.getOrDefault(member, Set.of()).contains(type)) {
      throw refused("a %s of type '%s'".formatted(member, type));
    }
    if (type.equals("Sequence")) {
      object.asMap().values().stream()
          .filter(JsonElement::isJsonArray)
          .flatMap(parts -> parts.getAsJsonArray().asList().stream())
          .forEach(each -> check(member, each));
    }
    if (object.has("stop") && object.get("stop").getAsInt() != 0) {
      throw refused("a decoder that strips the end of tokens");
    }
    if (object.has("pattern")) {
      checkPattern(object.getAsJsonObject("pattern"));
    }
  }

  private void checkPattern(JsonObject pattern) {
    JsonElement regex = pattern.get("Regex");
    if (regex != null && new RepetitionScan(regex.getAsString()).isRisky()) {
      throw refused("the regular expression %s, which may never come to an end,".formatted(regex));
    }
  }

  /**
   * Checks a member of the model other than its vocabulary and merges.
   *
   * @throws InvalidInputException if it is not known
   */
  void checkModel(String name, JsonElement value) {
    String text = value.isJsonPrimitive() ? value.getAsString() : value.toString();
    boolean off = text.isEmpty() || value.isJsonNull();
    if (name.equals("type") ? !text.equals("BPE") : !MODEL.contains(name) && !off) {
      throw refused("a model whose %s is '%s'".formatted(name, text));
    }
  }

  private InvalidInputException refused(String what) {
    return new InvalidInputException("%s: %s is not supported".formatted(origin, what));
  }
}
