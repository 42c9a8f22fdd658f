package io.selftaught.judge.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.InvalidInputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonRecordTest {

  @Test
  void toString_recordOfEveryKind_readsBackEqual() {
    JsonRecord record =
        JsonRecord.builder()
            .put("text", "<b> \"q\" \n\u2028 ü 😀")
            .put("whole", Long.MAX_VALUE)
            .put("number", 0.1)
            .put("flag", true)
            .put("record", JsonRecord.builder().put("x", 1).build())
            .putRecords("records", List.of(JsonRecord.builder().build()))
            .putTexts("texts", List.of("a", "b"))
            .putTextMap("map", Map.of("k", "v"))
            .build();

    JsonRecord back = JsonRecord.parse(record.toString());

    assertThat(record.toString()).doesNotContain("\n").contains("<b>");
    assertThat(back.text("text")).isEqualTo("<b> \"q\" \n\u2028 ü 😀");
    assertThat(back.integer("whole")).isEqualTo(Long.MAX_VALUE);
    assertThat(back.number("number")).isEqualTo(0.1);
    assertThat(back.flag("flag")).isTrue();
    assertThat(back.record("record").integer("x")).isEqualTo(1);
    assertThat(back.records("records")).hasSize(1);
    assertThat(back.texts("texts")).containsExactly("a", "b");
    assertThat(back.textMap("map")).containsExactly(Map.entry("k", "v"));
    assertThat(back.names()).startsWith("text", "whole").endsWith("map");
  }

  @Test
  void fields_absentOrOfAnotherType_areNamed() {
    JsonRecord record = JsonRecord.parse("{\"n\":1.5,\"t\":\"x\",\"nothing\":null}");

    assertThat(record.optionalText("nothing")).isEmpty();
    assertThatThrownBy(() -> record.text("nothing"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("field \"nothing\" is missing");
    assertThatThrownBy(() -> record.integer("n"))
        .hasMessage("field \"n\" must be a whole number, was 1.5");
    assertThatThrownBy(() -> record.number("t"))
        .hasMessage("field \"t\" must be a number, was text");
    assertThatThrownBy(() -> record.texts("t")).hasMessage("field \"t\" must be a list, was text");
    assertThatThrownBy(() -> record.flag("n"))
        .hasMessage("field \"n\" must be true or false, was a number");
  }

  @Test
  void parse_notOneObject_isRefused() {
    for (String text : List.of("", "null", "[]", "{", "{}{}", "{\"a\":NaN}", "x")) {
      assertThatThrownBy(() -> JsonRecord.parse(text))
          .as(text)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("not ")
          .hasMessageNotContaining("https://");
    }
  }

  @Test
  void put_notANumber_isRefused() {
    assertThatThrownBy(() -> JsonRecord.builder().put("loss", Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("loss must be finite, was NaN");
  }
}
