package io.selftaught.judge.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {

  @TempDir private Path temp;

  @Test
  void write_newDirectory_isMadeAndHoldsNothingElse() {
    Path file = temp.resolve("a/b/report.md");

    TextFile.write(file, "größer");
    TextFile.write(file, "≥ 1");

    assertThat(file).content().isEqualTo("≥ 1");
    assertThat(file.getParent().toFile().list()).hasSize(1);
  }

  @Test
  void write_impossible_namesTheFileAndLeavesNothing() throws IOException {
    Path taken = Files.createDirectory(temp.resolve("taken.md"));

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> TextFile.write(taken, "text"))
        .withMessageContainingAll("Cannot write " + taken, "choose another place");
    assertThat(temp.toFile().list()).containsExactly("taken.md");
  }
}
