package io.selftaught.judge.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {

  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = dir.resolve("pool.jsonl");
  }

  @Test
  void read_malformedLines_reportsTheirNumbersAndUsesTheRest() throws IOException {
    Files.writeString(
        file,
        """
        {"id":"one"}

        {"id":
        ["id"]
        {"id":7}
        {"name":"x"}
        {'id':'single quotes'}
        {"id":"eight"} trailing
        {"id":"ü"}""");

    Parsed<String> parsed = JsonLines.read(file, record -> record.text("id"));

    assertThat(parsed.records()).containsExactly("one", "ü");
    assertThat(parsed.rejected())
        .extracting(Parsed.Rejected::line)
        .containsExactly(3L, 4L, 5L, 6L, 7L, 8L);
    assertThat(parsed.rejected().get(1).reason()).isEqualTo("not a JSON object, but a list");
    assertThat(parsed.rejected().get(2).reason())
        .isEqualTo("field \"id\" must be text, was a number");
    assertThat(parsed.rejected().get(3).reason()).isEqualTo("field \"id\" is missing");
    assertThat(parsed.summary())
        .startsWith("2 records, 6 lines rejected (line 3: not valid JSON: ");
  }

  @Test
  void read_lineThatIsNotUtf8_isRejected() throws IOException {
    Files.write(
        file, "{\"id\":\"\u00fc\"}\n{\"id\":\"x\"}\n".getBytes(StandardCharsets.ISO_8859_1));

    Parsed<String> parsed = JsonLines.read(file, record -> record.text("id"));

    assertThat(parsed.records()).containsExactly("x");
    assertThat(parsed.rejected()).containsExactly(new Parsed.Rejected(1, "not valid UTF-8"));
  }

  @Test
  void read_byteOrderMarkAndWindowsLineEnds_areNotContent() throws IOException {
    Files.writeString(file, "\uFEFF{\"id\":\"x\"}\r\n{\"id\":\"y\"}\r\n");

    assertThat(JsonLines.read(file, record -> record.text("id")).records())
        .containsExactly("x", "y");
  }

  @Test
  void read_noSuchFile_namesIt() {
    assertThatThrownBy(() -> JsonLines.read(file, record -> record))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("No such file: " + file);
  }

  @Test
  void readText_plainLines_areRecords() throws IOException {
    Files.writeString(file, "first\n\n  second  \n");

    assertThat(JsonLines.readText(file, line -> line).records()).containsExactly("first", "second");
  }
}
