package io.selftaught.judge.djl.text;

import com.google.gson.stream.JsonWriter;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.weights.GgufMetadata;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Builds the {@code tokenizer.json} of a model from the header of its GGUF file.
 *
 * <p>The header has vocabulary, merges and types of the tokens, but of the rest only a name, {@code
 * tokenizer.ggml.pre}. What each name stands for is {@link PreTokenizer}; other names are refused,
 * since a wrong split gives other ids without any error.
 */
final class GgufTokenizer {

  private static final int CONTROL = 3;
  private static final int USER_DEFINED = 4;
  private static final int UNUSED = 5;

  private static final String TOKENS = "tokenizer.ggml.tokens";
  private static final String TYPES = "tokenizer.ggml.token_type";

  private final GgufMetadata header;
  private final String origin;
  private final List<String> tokens;
  private final int[] types;

  private GgufTokenizer(GgufMetadata header, String origin) {
    this.header = header;
    this.origin = origin;
    String model = header.string("tokenizer.ggml.model");
    if (!model.equals("gpt2")) {
      throw new InvalidInputException(
          ("%s: tokenizer model '%s' is not supported, only 'gpt2' (byte-level BPE); "
                  + "use the model's Hugging Face directory, which has a tokenizer.json")
              .formatted(origin, model));
    }
    this.tokens = header.strings(TOKENS);
    this.types = header.has(TYPES) ? header.integers(TYPES) : new int[tokens.size()];
    if (types.length != tokens.size()) {
      throw new InvalidInputException(
          "%s: %s has %d entries for %d tokens; the file is damaged"
              .formatted(origin, TYPES, types.length, tokens.size()));
    }
  }

  /**
   * Reads a header.
   *
   * @throws InvalidInputException if the tokenizer is of an unknown kind or damaged
   */
  static TokenizerDefinition read(GgufMetadata header, String origin) {
    return new GgufTokenizer(header, origin).definition();
  }

  private TokenizerDefinition definition() {
    Map<String, String> named = new TreeMap<>();
    name(named, "bos_token", "tokenizer.ggml.bos_token_id");
    name(named, "eos_token", "tokenizer.ggml.eos_token_id");
    name(named, "unk_token", "tokenizer.ggml.unknown_token_id");
    name(named, "pad_token", "tokenizer.ggml.padding_token_id");
    Set<Integer> endIds = new TreeSet<>();
    for (String kind : List.of("eos", "eot", "eom")) {
      String key = "tokenizer.ggml.%s_token_id".formatted(kind);
      if (header.has(key)) {
        endIds.add(id(key));
      }
    }
    String templateKey = "tokenizer.chat_template";
    Optional<String> template =
        header.has(templateKey) ? Optional.of(header.string(templateKey)) : Optional.empty();
    return new TokenizerDefinition(origin, json(), template, named, List.of(), endIds);
  }

  private void name(Map<String, String> named, String name, String key) {
    if (header.has(key)) {
      named.put(name, tokens.get(id(key)));
    }
  }

  private int id(String key) {
    long id = header.integer(key);
    if (id < 0 || id >= tokens.size()) {
      throw new InvalidInputException(
          "%s: %s is %d, but there are %d tokens; the file is damaged"
              .formatted(origin, key, id, tokens.size()));
    }
    return (int) id;
  }

  private String json() {
    PreTokenizer pre = PreTokenizer.of(header, origin);
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      json.name("version").value("1.0");
      addedTokens(json);
      json.name("normalizer").jsonValue(pre.normalizer());
      json.name("pre_tokenizer").jsonValue(pre.json());
      json.name("decoder")
          .jsonValue("{\"type\":\"ByteLevel\",\"add_prefix_space\":true,\"trim_offsets\":true}");
      model(json, pre);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void addedTokens(JsonWriter json) throws IOException {
    json.name("added_tokens").beginArray();
    for (int id = 0; id < types.length; id++) {
      if (types[id] == CONTROL || types[id] == USER_DEFINED) {
        json.beginObject();
        json.name("id").value(id);
        json.name("content").value(tokens.get(id));
        for (String no : List.of("single_word", "lstrip", "rstrip", "normalized")) {
          json.name(no).value(false);
        }
        json.name("special").value(types[id] == CONTROL);
        json.endObject();
      }
    }
    json.endArray();
  }

  private void model(JsonWriter json, PreTokenizer pre) throws IOException {
    json.name("model").beginObject();
    json.name("type").value("BPE");
    json.name("ignore_merges").value(pre.ignoreMerges());
    json.name("vocab").beginObject();
    for (int id = 0; id < types.length; id++) {
      // Unused ids only pad the embedding; they stand for no text.
      if (types[id] != UNUSED) {
        json.name(tokens.get(id)).value(id);
      }
    }
    json.endObject();
    json.name("merges").beginArray();
    for (String merge : header.strings("tokenizer.ggml.merges")) {
      json.value(merge);
    }
    json.endArray();
    json.endObject();
  }

  /**
   * How text is cut before byte pairs are merged, by the name that GGUF files give it. Regular
   * expressions and flags are those of the {@code tokenizer.json} files of the named models, on
   * which llama.cpp's definitions of the names are based too.
   */
  enum PreTokenizer {
    /** Every digit alone, then GPT-2. */
    SMOLLM(
        "null",
        """
        {"type":"Sequence","pretokenizers":[\
        {"type":"Digits","individual_digits":true},\
        {"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}]}""",
        false),
    /** The tokenizer's own file normalizes to NFC, which llama.cpp leaves out. */
    QWEN2(
        "{\"type\":\"NFC\"}",
        split(
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}"
                + "| ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*|\\\\s*[\\\\r\\\\n]+"
                + "|\\\\s+(?!\\\\S)|\\\\s+"),
        false),
    /** Llama 3: digits in threes; a word that is a token is taken whole. */
    LLAMA_BPE(
        "null",
        split(
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}{1,3}"
                + "| ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*|\\\\s*[\\\\r\\\\n]+"
                + "|\\\\s+(?!\\\\S)|\\\\s+"),
        true),
    /** The regular expression of GPT-2, built into the tokenizers library. */
    GPT_2(
        "null",
        """
        {"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}""",
        false);

    private final String normalizer;
    private final String json;
    private final boolean ignoreMerges;

    PreTokenizer(String normalizer, String json, boolean ignoreMerges) {
      this.normalizer = normalizer;
      this.json = json;
      this.ignoreMerges = ignoreMerges;
    }

    static PreTokenizer of(GgufMetadata header, String origin) {
      String name = header.string("tokenizer.ggml.pre");
      for (PreTokenizer pre : values()) {
        if (pre.ggufName().equals(name)) {
          return pre;
        }
      }
      throw new InvalidInputException(
          ("%s: tokenizer.ggml.pre '%s' is not known, only %s; "
                  + "use the model's Hugging Face directory, which has a tokenizer.json")
              .formatted(
                  origin, name, List.of(values()).stream().map(PreTokenizer::ggufName).toList()));
    }

    String normalizer() {
      return normalizer;
    }

    String json() {
      return json;
    }

    boolean ignoreMerges() {
      return ignoreMerges;
    }

    private String ggufName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String split(String regexInJson) {
      return """
          {"type":"Sequence","pretokenizers":[\
          {"type":"Split","pattern":{"Regex":"%s"},"behavior":"Isolated","invert":false},\
          {"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":false}]}"""
          .formatted(regexInJson);
    }
  }
}
