package io.selftaught.judge.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import io.selftaught.judge.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written anew means the same, and cannot be misread. */
class NormalJsonTest {

  @Test
  void of_everyKindOfValue_meansTheSame() {
    String json =
        """
        {"a": [1, -2.50e3, 12345678901234567890, true, false, null, {}, []],
         "quote \\" and \\\\ and \\u0001 and \\n": "é 🙂 \\ud83d\\ude42 \\/ < & \u2028"}
        """;
    assertThat(JsonParser.parseString(NormalJson.of(json, "t.json")))
        .isEqualTo(JsonParser.parseString(json));
  }

  @Test
  void of_plainJson_isLeftAsItIs() {
    String json = "{\"a\":[1,-2.50e3,true,null],\"b\":{\"c\":\"<é🙂>\"}}";
    assertThat(NormalJson.of(json, "t.json")).isEqualTo(json);
    assertThat(NormalJson.of("[{\"a\":1},{\"a\":2}]", "t.json")).hasSize(17);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a\":1",
        "[1,]",
        "{} {}",
        "[1] x",
        "[NaN]",
        "[TRUE]",
        "[1e999]",
        "['a']",
        "[01]",
        "[\"\u0000\"]",
        "[\"\t\"]",
        "[\"\\x\"]",
        "[\"\\ud8\"]",
        "{\"\u0001\":1}",
        "{a:1}",
        "{\"a\":1,\"a\":2}",
        "// a\n{}"
      })
  void of_notToTheLetterOfTheStandard_isRefused(String json) {
    assertThatThrownBy(() -> NormalJson.of(json, "t.json"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("t.json: its JSON is corrupt");
  }

  @Test
  void of_nesting_isLimited() {
    assertThat(NormalJson.of("[".repeat(64) + "]".repeat(64), "t.json")).hasSize(128);
    assertThatThrownBy(() -> NormalJson.of("[".repeat(65) + "]".repeat(65), "t.json"))
        .isInstanceOf(InvalidInputException.class);
  }
}
