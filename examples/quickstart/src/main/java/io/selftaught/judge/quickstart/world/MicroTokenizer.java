package io.selftaught.judge.quickstart.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.quickstart.world.BytePairs.Merge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tokenizer of the micro model, as the two files of the Hugging Face layout.
 *
 * <p>Byte-level BPE, so any text can be written and read back. Capitals in a row stay apart, one
 * token each: what a task works on must be visible to the model. Words of the corpus and numbers
 * below one hundred are mostly one token, with the space before them. Immutable.
 */
public final class MicroTokenizer {

  /** Ends a text; fills batches. */
  public static final String END_OF_TEXT = "<|endoftext|>";

  /** Begins a message. */
  public static final String START = "<|im_start|>";

  /** Ends a message. */
  public static final String END = "<|im_end|>";

  private static final List<String> SPECIALS = List.of(END_OF_TEXT, START, END);

  /** A space follows the role, so that a word is the same token wherever it stands. */
  private static final String CHAT_TEMPLATE =
      "{% for message in messages %}{{ '<|im_start|>' + message['role'] + ' ' +"
          + " (message['content'] | trim) + '<|im_end|>\\n' }}{% endfor %}"
          + "{% if add_generation_prompt %}{{ '<|im_start|>assistant' }}{% endif %}";

  /**
   * The letter in brackets behind an answer, so that it is the next token of what it stands behind,
   * words and numbers with the space before them, single capitals, line ends and the marks around a
   * verdict; what is left between is a piece too. Line ends and marks stay apart because a reply
   * may be begun for the model right before them.
   */
  private static final String PIECE =
      " \\([A-Z]\\)| ?[A-Z]?[a-z]+|[A-Z]| ?[0-9]{1,2}|\\n|\\[\\[|\\]\\]";

  private static final int LEAST_COUNT = 20;

  private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

  private final List<Merge> merges;
  private final List<String> tokens;

  private MicroTokenizer(List<Merge> merges) {
    this.merges = merges;
    // Two merges can lead to one token: ab + c and a + bc.
    this.tokens =
        Stream.of(SPECIALS, ByteAlphabet.all(), merges.stream().map(Merge::result).toList())
            .flatMap(List::stream)
            .distinct()
            .toList();
  }

  /**
   * Learns a vocabulary from conversations.
   *
   * @param maxVocabulary how many tokens at most, at least 259: the special ones and the bytes
   */
  public static MicroTokenizer learn(Stream<Lesson> lessons, int maxVocabulary) {
    int most = maxVocabulary - SPECIALS.size() - ByteAlphabet.all().size();
    if (most < 0) {
      throw new IllegalArgumentException(
          "maxVocabulary must be at least 259, was " + maxVocabulary);
    }
    Map<String, Long> pieces = new HashMap<>();
    lessons.flatMap(lesson -> lesson.messages().stream()).forEach(m -> count(m, pieces));
    return new MicroTokenizer(BytePairs.learn(pieces, most, LEAST_COUNT));
  }

  /** Returns how many tokens there are. */
  public int vocabularySize() {
    return tokens.size();
  }

  /** Returns the text of {@code tokenizer.json}. */
  public String tokenizerJson() {
    JsonObject json = new JsonObject();
    json.addProperty("version", "1.0");
    json.add("added_tokens", addedTokens());
    json.add("pre_tokenizer", preTokenizer());
    json.add("decoder", byteLevel());
    json.add("model", model());
    return JSON.toJson(json);
  }

  /** Returns the text of {@code tokenizer_config.json}, with the chat template. */
  public String configJson() {
    JsonObject json = new JsonObject();
    json.addProperty("tokenizer_class", "PreTrainedTokenizerFast");
    json.addProperty("chat_template", CHAT_TEMPLATE);
    json.addProperty("eos_token", END);
    json.addProperty("pad_token", END_OF_TEXT);
    json.addProperty("clean_up_tokenization_spaces", false);
    return JSON.toJson(json);
  }

  /**
   * Writes both files into a model folder.
   *
   * @throws IOException if a file cannot be written
   */
  public void writeTo(Path folder) throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), tokenizerJson(), UTF_8);
    Files.writeString(folder.resolve("tokenizer_config.json"), configJson(), UTF_8);
  }

  /** Counts the pieces of a message as the chat template shows it: the role is read too. */
  private static void count(ChatMessage message, Map<String, Long> pieces) {
    String text = message.role().name().toLowerCase(Locale.ROOT) + " " + message.content();
    Matcher matcher = Pattern.compile(PIECE).matcher(text);
    int end = 0;
    while (matcher.find()) {
      pieces.merge(text.substring(end, matcher.start()), 1L, Long::sum);
      pieces.merge(matcher.group(), 1L, Long::sum);
      end = matcher.end();
    }
    pieces.merge(text.substring(end), 1L, Long::sum);
  }

  private static JsonArray addedTokens() {
    JsonArray tokens = new JsonArray();
    for (String special : SPECIALS) {
      JsonObject token = new JsonObject();
      token.addProperty("id", tokens.size());
      token.addProperty("content", special);
      token.addProperty("single_word", false);
      token.addProperty("lstrip", false);
      token.addProperty("rstrip", false);
      token.addProperty("normalized", false);
      token.addProperty("special", true);
      tokens.add(token);
    }
    return tokens;
  }

  private static JsonObject preTokenizer() {
    JsonObject pattern = new JsonObject();
    pattern.addProperty("Regex", PIECE);
    JsonObject split = new JsonObject();
    split.addProperty("type", "Split");
    split.add("pattern", pattern);
    split.addProperty("behavior", "Isolated");
    split.addProperty("invert", false);
    JsonArray steps = new JsonArray();
    steps.add(split);
    steps.add(byteLevel());
    JsonObject sequence = new JsonObject();
    sequence.addProperty("type", "Sequence");
    sequence.add("pretokenizers", steps);
    return sequence;
  }

  private static JsonObject byteLevel() {
    JsonObject json = new JsonObject();
    json.addProperty("type", "ByteLevel");
    json.addProperty("add_prefix_space", false);
    json.addProperty("trim_offsets", true);
    json.addProperty("use_regex", false);
    return json;
  }

  private JsonObject model() {
    JsonObject vocabulary = new JsonObject();
    tokens.forEach(token -> vocabulary.addProperty(token, vocabulary.size()));
    JsonArray pairs = new JsonArray();
    merges.forEach(merge -> pairs.add(merge.left() + " " + merge.right()));
    JsonObject model = new JsonObject();
    model.addProperty("type", "BPE");
    model.add("vocab", vocabulary);
    model.add("merges", pairs);
    return model;
  }
}
