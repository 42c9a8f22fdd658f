package io.selftaught.judge.djl.text;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.selftaught.judge.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Whatever a tokenizer or a template says, it is used or refused, and soon. The ordinary build runs
 * the stored inputs; with JAZZER_FUZZ=1 in the environment, one method at a time, Jazzer looks for
 * new ones.
 */
class TextFuzzTest {

  private static final Map<String, Object> VARIABLES =
      Map.of(
          "messages",
          List.of(
              Map.of("role", "system", "content", " Be brief. "),
              Map.of("role", "user", "content", "a<b>{{ c }}\n")),
          "add_generation_prompt",
          true,
          "bos_token",
          "<s>");

  @FuzzTest(maxDuration = "40s")
  void tokenizerJson(byte[] bytes) {
    try {
      String json = NormalJson.of(new String(bytes, StandardCharsets.UTF_8), "tokenizer.json");
      TokenizerJson.read(json, "tokenizer.json");
      try (NativeTokenizer tokenizer = NativeTokenizer.load(json, "tokenizer.json")) {
        tokenizer.decode(tokenizer.encode("ab <e> 12 é🙂"), true);
      }
    } catch (InvalidInputException e) {
      mustName(e, "tokenizer.json");
    }
  }

  @FuzzTest(maxDuration = "40s")
  void template(byte[] bytes) {
    try {
      TemplateEngine.render(
          new String(bytes, StandardCharsets.UTF_8), VARIABLES, Clock.systemUTC(), "model.gguf");
    } catch (InvalidInputException e) {
      mustName(e, "model.gguf");
    }
  }

  private static void mustName(InvalidInputException e, String file) {
    if (!String.valueOf(e.getMessage()).startsWith(file)) {
      throw new AssertionError("a refusal that does not name its file", e);
    }
  }
}
