package io.selftaught.judge.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.djl.decoder.References;
import io.selftaught.judge.djl.weights.GgufFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tokenizers of real models on real instructions, against hashes of make_pool_hashes.py, and on
 * tricky texts, against make_real_references.py.
 */
@Tag("weights")
class RealTokenizerTest {

  @ParameterizedTest
  @CsvSource({
    "smollm2, smollm2-135m-instruct-q4_1.gguf",
    "qwen2.5-coder-0.5b, qwen2.5-coder-0.5b-instruct.gguf",
    "qwen2.5-coder-1.5b, qwen2.5-coder-1.5b-instruct.gguf"
  })
  void encode_instructionsOfThePools_givesTheIdsAndRendersOfTheReference(String name, String file)
      throws IOException {
    String data = System.getProperty("JUDGE_DATA", System.getenv("JUDGE_DATA"));
    assumeTrue(data != null, "set JUDGE_DATA to the folder of the pools of instructions");
    Path pools = Path.of(Objects.requireNonNull(data), "pools");
    JsonObject reference = TemplateFixtures.json("pool-hashes.json");
    assertThat(reference.get("count").getAsInt()).isGreaterThanOrEqualTo(2000);
    int ofEachPool = reference.get("of_each_pool").getAsInt();
    try (ChatTokenizer tokenizer = open(file)) {
      var hashes = reference.getAsJsonObject("models").getAsJsonObject(name);
      for (String pool : hashes.keySet()) {
        List<String> texts = instructions(pools.resolve(pool + ".jsonl"), ofEachPool);
        JsonObject expected = hashes.getAsJsonObject(pool);
        assertThat(hash(texts, text -> ids(tokenizer.encodeText(text))))
            .describedAs(pool)
            .isEqualTo(expected.get("ids").getAsString());
        assertThat(hash(texts, text -> tokenizer.render(List.of(ChatMessage.user(text)))))
            .describedAs(pool)
            .isEqualTo(expected.get("renders").getAsString());
        assertThat(hash(texts, text -> ids(tokenizer.encode(chat(text)))))
            .describedAs(pool)
            .isEqualTo(expected.get("chats").getAsString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"smollm2-135m", "qwen2.5-coder-0.5b", "qwen2.5-coder-1.5b"})
  void encode_trickyTextsAndChats_givesTheIdsAndRendersOfTheReference(String model) {
    JsonObject reference = References.json(model + ".json");
    try (ChatTokenizer tokenizer = open(reference.get("file").getAsString())) {
      ChatTokenizerTest.assertSameTexts(tokenizer, reference);
      for (JsonObject prompt : References.objects(reference.getAsJsonArray("prompts"))) {
        List<ChatMessage> messages =
            prompt.getAsJsonArray("messages").asList().stream()
                .map(ChatTemplateTest::message)
                .toList();
        assertThat(tokenizer.render(messages)).isEqualTo(prompt.get("rendered").getAsString());
        assertThat(tokenizer.encode(messages)).isEqualTo(References.ints(prompt.get("ids")));
      }
    }
  }

  private static ChatTokenizer open(String file) {
    Path path = References.model(file);
    try (GgufFile gguf = GgufFile.open(path)) {
      return ChatTokenizer.fromGguf(gguf.metadata(), path);
    }
  }

  private static List<ChatMessage> chat(String text) {
    return List.of(
        ChatMessage.system("Be brief."),
        ChatMessage.user(text),
        ChatMessage.assistant("Yes."),
        ChatMessage.user("Why?"));
  }

  private static List<String> instructions(Path pool, int count) throws IOException {
    try (Stream<String> lines = Files.lines(pool)) {
      return lines
          .limit(count)
          .map(JsonParser::parseString)
          .map(line -> line.getAsJsonObject().get("instruction").getAsString())
          .toList();
    }
  }

  private static String ids(int[] ids) {
    return IntStream.of(ids).mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }

  private static String hash(List<String> texts, Function<String, String> function) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String text : texts) {
        digest.update((function.apply(text) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
