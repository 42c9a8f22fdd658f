package io.selftaught.judge.djl.text;

import com.google.gson.stream.JsonWriter;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.text.GgufVocabulary.Kind;
import io.selftaught.judge.djl.weights.GgufMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A vocabulary of SentencePiece as a byte-pair encoding: Llama 2, Mistral and Phi 3, Gemma.
 *
 * <p>SentencePiece has a score for each token and no merges: of all neighbours whose texts together
 * are a token it joins those whose token has the highest score, the leftmost first. The same comes
 * of merges: for each token every way to make it of two others, in the order of the scores. Spaces
 * are written as {@code ▁} (U+2581); what is no token falls apart into tokens of its bytes.
 *
 * @see <a href="https://arxiv.org/abs/1808.06226">Kudo and Richardson 2018</a>
 */
final class SentencePieceBpe {

  private static final String SCORES = "tokenizer.ggml.scores";
  private static final String SPACE_PREFIX = "tokenizer.ggml.add_space_prefix";
  private static final String REMOVES_SPACES = "tokenizer.ggml.remove_extra_whitespaces";

  /** Far beyond SentencePiece's own limit; a longer one would take ages to take apart. */
  private static final int MAX_TOKEN = 1000;

  private static final String REPLACE =
      "{\"type\":\"Replace\",\"pattern\":{\"String\":\"%s\"},\"content\":\"%s\"}";

  private final GgufVocabulary vocabulary;
  private final String origin;
  private final float[] scores;
  private final boolean spacePrefix;

  /**
   * Reads what a header says beside the tokens.
   *
   * @throws InvalidInputException if it does not go with them, or asks for what is not known
   */
  SentencePieceBpe(GgufMetadata header, GgufVocabulary vocabulary, String origin) {
    this.vocabulary = vocabulary;
    this.origin = origin;
    this.scores = header.reals(SCORES);
    this.spacePrefix = header.flag(SPACE_PREFIX, true);
    if (scores.length != vocabulary.size()) {
      throw new InvalidInputException(
          "%s: %s has %d entries for %d tokens; the file is damaged"
              .formatted(origin, SCORES, scores.length, vocabulary.size()));
    }
    if (header.flag(REMOVES_SPACES, false)) {
      throw new InvalidInputException(
          "%s: %s is not supported; use the model's Hugging Face directory"
              .formatted(origin, REMOVES_SPACES));
    }
  }

  void write(JsonWriter json) throws IOException {
    String escape = REPLACE.formatted(" ", "▁");
    json.name("normalizer")
        .jsonValue(
            spacePrefix
                ? sequence("normalizers", "{\"type\":\"Prepend\",\"prepend\":\"▁\"}", escape)
                : escape);
    json.name("pre_tokenizer").nullValue();
    String unescape = REPLACE.formatted("▁", " ");
    String bytes = "{\"type\":\"ByteFallback\"}";
    String join = "{\"type\":\"Fuse\"}";
    String strip = "{\"type\":\"Strip\",\"content\":\" \",\"start\":1,\"stop\":0}";
    json.name("decoder")
        .jsonValue(
            spacePrefix
                ? sequence("decoders", unescape, bytes, join, strip)
                : sequence("decoders", unescape, bytes, join));
    writeModel(json);
  }

  private static String sequence(String name, String... parts) {
    return "{\"type\":\"Sequence\",\"%s\":[%s]}".formatted(name, String.join(",", parts));
  }

  private void writeModel(JsonWriter json) throws IOException {
    json.name("model").beginObject();
    json.name("type").value("BPE");
    Optional<String> unknown =
        IntStream.range(0, vocabulary.size())
            .filter(id -> vocabulary.kind(id) == Kind.UNKNOWN)
            .mapToObj(vocabulary::text)
            .findFirst();
    if (unknown.isPresent()) {
      json.name("unk_token").value(unknown.get());
    }
    json.name("fuse_unk").value(true);
    json.name("byte_fallback").value(true);
    vocabulary.writeIds(json);
    json.name("merges").beginArray();
    for (Merge merge : merges()) {
      json.beginArray().value(merge.left()).value(merge.right()).endArray();
    }
    json.endArray();
    json.endObject();
  }

  /** Two tokens that make another one. */
  private record Merge(String left, String right, float score) {}

  private List<Merge> merges() {
    Map<String, Integer> ids = new HashMap<>();
    for (int id = 0; id < vocabulary.size(); id++) {
      if (isText(id)) {
        ids.put(vocabulary.text(id), id);
      }
    }
    List<Merge> merges = new ArrayList<>();
    for (int id = 0; id < vocabulary.size(); id++) {
      if (isText(id)) {
        takeApart(id, ids, merges);
      }
    }
    // Longer parts first is how transformers orders what has the same score.
    merges.sort(
        Comparator.comparingDouble(Merge::score)
            .thenComparingInt(merge -> merge.left().length())
            .thenComparingInt(merge -> merge.right().length())
            .reversed());
    return merges;
  }

  /** Text must not become control, and bytes are no text. */
  private boolean isText(int id) {
    return vocabulary.kind(id) == Kind.NORMAL || vocabulary.kind(id) == Kind.USER_DEFINED;
  }

  private void takeApart(int id, Map<String, Integer> ids, List<Merge> merges) {
    String token = vocabulary.text(id);
    if (token.length() > MAX_TOKEN) {
      throw new InvalidInputException(
          "%s: token %d has %d characters; the file is damaged"
              .formatted(origin, id, token.length()));
    }
    for (int cut = 1; cut < token.length(); cut++) {
      String left = token.substring(0, cut);
      String right = token.substring(cut);
      if (ids.containsKey(left) && ids.containsKey(right)) {
        merges.add(new Merge(left, right, scores[id]));
      }
    }
  }
}
