package io.selftaught.judge.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFileTest {

  @TempDir Path dir;

  @Test
  void write_overAnOlderFile_leavesTheNewOneAndNothingElse() throws IOException {
    Path file = dir.resolve("new").resolve("report.json");
    JsonFile.write(file, JsonRecord.builder().put("n", 1).build());
    JsonFile.write(file, JsonRecord.builder().put("n", 2).build());

    assertThat(JsonFile.read(file).integer("n")).isEqualTo(2);
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void read_truncatedFile_namesIt() throws IOException {
    Path file = Files.writeString(dir.resolve("report.json"), "{\"n\": ");

    assertThatThrownBy(() -> JsonFile.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.toString());
  }
}
