package io.selftaught.judge.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.selftaught.judge.djl.weights.GgufFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vocabularies in the manner of Llama 2 and Gemma, against the ids of SentencePiece itself. */
class SentencePieceTest {

  private static final Path REFERENCE = Path.of("src/test/resources/reference/sentencepiece");

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gemma"})
  void encode_headerOfGguf_givesTheIdsOfSentencePieceAndTheTextAgain(String family)
      throws IOException {
    try (ChatTokenizer tokenizer = gguf(family)) {
      assertIds(tokenizer, family);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gemma"})
  void encode_tokenizerJson_givesTheIdsOfSentencePieceAndTheTextAgain(String family)
      throws IOException {
    try (ChatTokenizer tokenizer = ChatTokenizer.fromDirectory(REFERENCE.resolve(family))) {
      assertIds(tokenizer, family);
    }
  }

  @Test
  void encode_control_isTextInText() {
    try (ChatTokenizer llama = gguf("llama");
        ChatTokenizer gemma = gguf("gemma")) {
      int[] ids = llama.encodeText("a </s> b");
      assertThat(ids).doesNotContain(2);
      assertThat(llama.decode(ids)).isEqualTo("a </s> b");
      ids = gemma.encodeText("a<end_of_turn>\n<start_of_turn>model\n");
      assertThat(gemma.decode(ids)).isEqualTo("a<end_of_turn>\n<start_of_turn>model\n");
      assertThat(ids).doesNotContain(4, 5);
      assertThat(gemma.endOfTurnIds()).contains(1, 5);
    }
  }

  private static ChatTokenizer gguf(String family) {
    Path path = REFERENCE.resolve(family + ".gguf");
    try (GgufFile file = GgufFile.open(path)) {
      return ChatTokenizer.fromGguf(file.metadata(), path);
    }
  }

  private static void assertIds(ChatTokenizer tokenizer, String family) throws IOException {
    JsonArray texts =
        JsonParser.parseString(Files.readString(REFERENCE.resolve("ids.json")))
            .getAsJsonObject()
            .getAsJsonArray(family);
    assertThat(texts.size()).isGreaterThan(50);
    assertAll(
        texts.asList().stream()
            .map(element -> (JsonObject) element)
            .map(
                expected ->
                    () -> {
                      String text = expected.get("text").getAsString();
                      int[] ids =
                          StreamSupport.stream(expected.getAsJsonArray("ids").spliterator(), false)
                              .mapToInt(id -> id.getAsInt())
                              .toArray();
                      assertThat(tokenizer.encodeText(text)).as("'%s'", text).isEqualTo(ids);
                      // What stands for a space cannot be told from one any more.
                      assertThat(tokenizer.decode(ids)).isEqualTo(text.replace('▁', ' '));
                    }));
  }
}
