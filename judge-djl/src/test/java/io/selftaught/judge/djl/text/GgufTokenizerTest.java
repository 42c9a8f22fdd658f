package io.selftaught.judge.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.weights.GgufFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufTokenizerTest {

  @TempDir private Path directory;
  private final Map<String, Object> header = new LinkedHashMap<>();

  @BeforeEach
  void describeATokenizer() {
    header.put("general.architecture", "llama");
    header.put("tokenizer.ggml.model", "gpt2");
    header.put("tokenizer.ggml.pre", "gpt-2");
    header.put(
        "tokenizer.ggml.tokens",
        List.of("1", "2", "3", "12", "123", "Ã", "©", "Ã©", "e", "Ìģ", "Ì", "ģ", "<tool>", "<e>"));
    header.put("tokenizer.ggml.token_type", new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 4, 3});
    header.put("tokenizer.ggml.merges", List.of("1 2", "Ã ©", "Ì ģ"));
    header.put("tokenizer.ggml.eos_token_id", 13);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-2, 3 2",
    "olmo, 3 2",
    "smollm, 0 1 2",
    "refact, 0 1 2",
    "qwen2, 0 1 2",
    "tekken, 0 1 2",
    "llama-bpe, 4",
    "llama3, 4",
    "dbrx, 3 2",
    "smaug-bpe, 3 2",
    "gpt-4o, 3 2"
  })
  void read_preTokenizers_cutDigitsEachInItsWay(String pre, String ids) {
    header.put("tokenizer.ggml.pre", pre);
    try (ChatTokenizer tokenizer = open()) {
      assertThat(ids(tokenizer, "123")).isEqualTo(ids);
    }
  }

  /** Against make_pre_tokenizers.py. */
  @ParameterizedTest
  @ValueSource(strings = {"llama-bpe", "dbrx", "qwen2", "gpt-4o", "tekken", "smollm", "gpt-2"})
  void read_preTokenizers_cutTrickyTextsAsTheirRegularExpressionsDo(String pre) throws IOException {
    JsonObject reference =
        JsonParser.parseString(
                Files.readString(Path.of("src/test/resources/reference/pre-tokenizers.json")))
            .getAsJsonObject();
    header.put("tokenizer.ggml.pre", pre);
    header.put("tokenizer.ggml.tokens", strings(reference.getAsJsonArray("tokens")));
    header.put("tokenizer.ggml.merges", strings(reference.getAsJsonArray("merges")));
    header.remove("tokenizer.ggml.token_type");
    List<String> texts = strings(reference.getAsJsonArray("texts"));
    JsonArray ids = reference.getAsJsonObject("ids").getAsJsonArray(pre);
    try (ChatTokenizer tokenizer = open()) {
      for (int i = 0; i < texts.size(); i++) {
        assertThat(ids(tokenizer, texts.get(i)))
            .as("'%s'", texts.get(i))
            .isEqualTo(String.join(" ", strings(ids.get(i).getAsJsonArray())));
      }
    }
  }

  private static List<String> strings(JsonArray array) {
    return array.asList().stream().map(JsonElement::getAsString).toList();
  }

  @ParameterizedTest
  @CsvSource({"qwen2, 7", "gpt-2, 8 9"})
  void read_qwen2_composesAccents(String pre, String ids) {
    header.put("tokenizer.ggml.pre", pre);
    try (ChatTokenizer tokenizer = open()) {
      assertThat(ids(tokenizer, "e\u0301")).isEqualTo(ids);
    }
  }

  @Test
  void read_tokenTypes_controlIsTextInPlainTextAndUserDefinedIsItself() {
    try (ChatTokenizer tokenizer = open()) {
      assertThat(ids(tokenizer, "<tool>")).isEqualTo("12");
      assertThat(tokenizer.encodeText("<e>")).doesNotContain(13);
      assertThat(tokenizer.endOfTurnIds()).containsExactly(13);
      assertThat(tokenizer.decode(new int[] {0, 12, 13})).isEqualTo("1<tool>");
      assertThat(tokenizer.hasChatTemplate()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"model, t5", "model, bert", "pre, deepseek-llm", "pre, ''"})
  void read_unknownKind_isRefusedByName(String key, String value) {
    header.put("tokenizer.ggml." + key, value);
    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("model.gguf")
        .hasMessageContaining("'" + value + "'")
        .hasMessageContaining("Hugging Face directory");
  }

  @Test
  void read_idBeyondTheVocabulary_isRefused() {
    header.put("tokenizer.ggml.eos_token_id", 14);
    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("eos_token_id is 14");
  }

  @Test
  void read_typesForOtherTokens_isRefused() {
    header.put("tokenizer.ggml.token_type", new int[] {1, 1});
    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("2 entries for 14 tokens");
  }

  @Test
  void read_mergeOfUnknownTokens_isRefused() {
    header.put("tokenizer.ggml.merges", List.of("x y"));
    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not a usable tokenizer");
  }

  @Test
  void read_noTokens_isRefused() {
    header.remove("tokenizer.ggml.tokens");
    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tokenizer.ggml.tokens");
  }

  @Test
  void read_sentencePieceWithoutScores_isRefused() {
    header.put("tokenizer.ggml.model", "llama");
    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tokenizer.ggml.scores");
  }

  private static String ids(ChatTokenizer tokenizer, String text) {
    return Arrays.toString(tokenizer.encodeText(text)).replaceAll("[\\[\\],]", "");
  }

  private ChatTokenizer open() {
    Path path = directory.resolve("model.gguf");
    try {
      Files.write(path, gguf());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    try (GgufFile file = GgufFile.open(path)) {
      return ChatTokenizer.fromGguf(file.metadata(), path);
    }
  }

  /** A file of version 3 with this header and no tensors. */
  private byte[] gguf() {
    ByteBuffer out = ByteBuffer.allocate(1 << 17).order(ByteOrder.LITTLE_ENDIAN);
    out.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(3).putLong(0).putLong(header.size());
    header.forEach(
        (key, value) -> {
          put(out, key);
          if (value instanceof String text) {
            put(out.putInt(8), text);
          } else if (value instanceof Integer number) {
            out.putInt(4).putInt(number);
          } else if (value instanceof int[] numbers) {
            out.putInt(9).putInt(5).putLong(numbers.length);
            Arrays.stream(numbers).forEach(out::putInt);
          } else if (value instanceof List<?> texts) {
            out.putInt(9).putInt(8).putLong(texts.size());
            texts.forEach(text -> put(out, (String) text));
          }
        });
    return Arrays.copyOf(out.array(), (out.position() + 31) / 32 * 32);
  }

  private static void put(ByteBuffer out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.putLong(bytes.length).put(bytes);
  }
}
