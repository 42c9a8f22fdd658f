package io.selftaught.judge.djl.text;

import com.google.gson.stream.JsonWriter;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.weights.GgufMetadata;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Builds the {@code tokenizer.json} of a model from the header of its GGUF file: of byte-level BPE,
 * which has its merges there, or of SentencePiece, which has scores.
 *
 * <p>The header has vocabulary, merges and types of the tokens, but of the rest only a name, {@code
 * tokenizer.ggml.pre}. What each name stands for is {@link PreTokenizer}; other names are refused,
 * since a wrong split gives other ids without any error.
 */
final class GgufTokenizer {

  private final GgufMetadata header;
  private final String origin;
  private final boolean sentencePiece;
  private final GgufVocabulary vocabulary;

  private GgufTokenizer(GgufMetadata header, String origin) {
    this.header = header;
    this.origin = origin;
    String model = header.string("tokenizer.ggml.model");
    this.sentencePiece = model.equals("llama");
    if (!sentencePiece && !model.equals("gpt2")) {
      throw new InvalidInputException(
          ("%s: tokenizer model '%s' is not supported, only 'gpt2' (byte-level BPE) and 'llama' "
                  + "(SentencePiece); use the model's Hugging Face directory, which has a tokenizer.json")
              .formatted(origin, model));
    }
    this.vocabulary = new GgufVocabulary(header, origin);
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
    Map.of(
            "bos_token", "bos",
            "eos_token", "eos",
            "unk_token", "unknown",
            "pad_token", "padding")
        .forEach(
            (name, kind) ->
                vocabulary
                    .id("tokenizer.ggml.%s_token_id".formatted(kind))
                    .ifPresent(id -> named.put(name, vocabulary.text(id))));
    Set<Integer> endIds = new TreeSet<>();
    for (String kind : List.of("eos", "eot", "eom")) {
      vocabulary.id("tokenizer.ggml.%s_token_id".formatted(kind)).ifPresent(endIds::add);
    }
    String templateKey = "tokenizer.chat_template";
    Optional<String> template =
        header.has(templateKey) ? Optional.of(header.string(templateKey)) : Optional.empty();
    return new TokenizerDefinition(origin, json(), template, named, List.of(), endIds);
  }

  private String json() {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      json.name("version").value("1.0");
      vocabulary.writeAddedTokens(json);
      if (sentencePiece) {
        new SentencePieceBpe(header, vocabulary, origin).write(json);
      } else {
        writeByteLevel(json);
      }
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void writeByteLevel(JsonWriter json) throws IOException {
    PreTokenizer pre = PreTokenizer.of(header, origin);
    json.name("normalizer").jsonValue(pre.normalizer());
    json.name("pre_tokenizer").jsonValue(pre.json());
    json.name("decoder")
        .jsonValue("{\"type\":\"ByteLevel\",\"add_prefix_space\":true,\"trim_offsets\":true}");
    json.name("model").beginObject();
    json.name("type").value("BPE");
    json.name("ignore_merges").value(pre.ignoreMerges());
    vocabulary.writeIds(json);
    json.name("merges").beginArray();
    for (String merge : header.strings("tokenizer.ggml.merges")) {
      json.value(merge);
    }
    json.endArray();
    json.endObject();
  }
}
