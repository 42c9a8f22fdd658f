package io.selftaught.judge.core.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Preference;
import io.selftaught.judge.core.data.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairFilesTest {

  @TempDir Path dir;

  @Test
  void read_goodAndBadLines_usesTheGoodAndExplainsTheBad() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("pairs.jsonl"),
            """
            {"id":"1","source":"s","category":"c","prompt":"p","a":"x","b":"","preferred":"TIE"}
            {"id":"2","prompt":"p","a":"x","b":"y","preferred":"B","reference":"r"}
            {"id":"3","prompt":"p","a":"x","b":"y","preferred":"C"}
            {"id":"4","prompt":" ","a":"x","b":"y","preferred":"A"}
            {"id":"1","prompt":"p","a":"x","b":"y","preferred":"A"}
            {"id":"6","prompt":"p","a":"x","preferred":"A"}
            {"id":"7","prompt":"p","a":"x","b":"y","pre
            """);

    Parsed<LabeledComparison> parsed = PairFiles.read(file);

    assertThat(parsed.records()).extracting(LabeledComparison::id).containsExactly("1", "2");
    assertThat(parsed.records().get(0).comparison().b()).isEmpty();
    assertThat(parsed.records().get(0).preferred()).isEqualTo(Preference.TIE);
    assertThat(parsed.records().get(1).category()).isEmpty();
    assertThat(parsed.records().get(1).comparison().reference()).contains("r");
    assertThat(parsed.rejected())
        .extracting(Parsed.Rejected::line)
        .containsExactly(3L, 4L, 5L, 6L, 7L);
    assertThat(parsed.rejected().subList(0, 4))
        .extracting(Parsed.Rejected::reason)
        .containsExactly(
            "field \"preferred\" must be A, B or TIE, was \"C\"",
            "prompt must not be blank",
            "the id \"1\" is taken by an earlier line",
            "field \"b\" is missing");
  }

  @Test
  void read_noSuchFile_namesIt() {
    assertThatThrownBy(() -> PairFiles.read(dir.resolve("none.jsonl")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none.jsonl");
  }
}
