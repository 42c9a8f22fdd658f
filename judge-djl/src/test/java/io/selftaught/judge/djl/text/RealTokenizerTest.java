package io.selftaught.judge.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.selftaught.judge.ChatMessage;
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

/** The tokenizers of real models on real instructions, against hashes of make_pool_hashes.py. */
@Tag("weights")
class RealTokenizerTest {

  @ParameterizedTest
  @CsvSource({
    "smollm2, smollm2-135m-instruct-q4_1.gguf",
    "qwen2.5-coder, qwen2.5-coder-0.5b-instruct.gguf"
  })
  void encode_instructionsOfThePools_givesTheIdsAndRendersOfTheReference(String name, String file)
      throws IOException {
    Path pools = folder("JUDGE_DATA", "the pools of instructions").resolve("pools");
    Path path = folder("JUDGE_MODELS", "the models of .ci/fetch-models").resolve(file);
    JsonObject reference = TemplateFixtures.json("pool-hashes.json");
    assertThat(reference.get("count").getAsInt()).isGreaterThanOrEqualTo(1000);
    try (GgufFile gguf = GgufFile.open(path);
        ChatTokenizer tokenizer = ChatTokenizer.fromGguf(gguf.metadata(), path)) {
      var hashes = reference.getAsJsonObject("models").getAsJsonObject(name);
      for (String pool : hashes.keySet()) {
        List<String> texts = instructions(pools.resolve(pool + ".jsonl"));
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

  private static List<ChatMessage> chat(String text) {
    return List.of(
        ChatMessage.system("Be brief."),
        ChatMessage.user(text),
        ChatMessage.assistant("Yes."),
        ChatMessage.user("Why?"));
  }

  private static Path folder(String variable, String what) {
    String value = System.getProperty(variable, System.getenv(variable));
    assumeTrue(value != null, () -> "set " + variable + " to the folder of " + what);
    return Path.of(Objects.requireNonNull(value));
  }

  private static List<String> instructions(Path pool) throws IOException {
    try (Stream<String> lines = Files.lines(pool)) {
      return lines
          .limit(100)
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
