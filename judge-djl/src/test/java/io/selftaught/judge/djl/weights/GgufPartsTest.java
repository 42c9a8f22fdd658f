package io.selftaught.judge.djl.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts were written by the reference. */
class GgufPartsTest {

  private static final String NAME = "quants-%05d-of-00003.gguf";

  @TempDir private Path folder;

  @BeforeEach
  void copy() throws IOException {
    for (int part = 1; part <= 3; part++) {
      Files.copy(Fixtures.reference("weights/" + NAME.formatted(part)), part(part));
    }
  }

  private Path part(int number) {
    return folder.resolve(NAME.formatted(number));
  }

  @Test
  void names_areThoseOfAllPartsFromTheFirst() {
    assertThat(GgufParts.names("a-00001-of-00002.gguf"))
        .containsExactly("a-00001-of-00002.gguf", "a-00002-of-00002.gguf");
    assertThat(GgufParts.names("a-00002-of-00002.gguf")).hasSize(1);
    assertThat(GgufParts.names("a.gguf")).containsExactly("a.gguf");
    assertThat(GgufParts.names("a-00001-of-00000.gguf")).hasSize(1);
  }

  @Test
  void open_firstPart_givesTheTensorsOfTheWhole() {
    Checkpoint whole = Fixtures.rawGguf(Fixtures.reference("weights/quants.gguf"));
    Checkpoint parts = Fixtures.rawGguf(part(1));

    assertThat(parts.names()).containsExactlyInAnyOrderElementsOf(whole.names());
    for (String name : whole.names()) {
      assertThat(Fixtures.read(parts, name, ElementType.F32))
          .isEqualTo(Fixtures.read(whole, name, ElementType.F32));
    }
  }

  @Test
  void open_otherPartOrName_namesTheFirst() throws IOException {
    assertRefused(part(2), "part 2 of 3", "-00001-of-00003.gguf");
    Path renamed = Files.copy(part(1), folder.resolve("renamed.gguf"));
    assertRefused(renamed, "part 1 of 3", "keep the names");
  }

  @Test
  void open_missingPart_isNamed() throws IOException {
    Files.delete(part(3));
    assertRefused(part(1), "quants-00003-of-00003.gguf is missing", "part 3 of 3");
  }

  @Test
  void open_partInTheWrongPlace_isRefused() throws IOException {
    Files.copy(part(2), part(3), StandardCopyOption.REPLACE_EXISTING);
    assertRefused(part(1), "says it is part 2 of 3 and not part 3 of 3");
  }

  @Test
  void open_damagedPart_isNamed() throws IOException {
    Files.write(part(2), List.of("GGUF"));
    assertRefused(part(1), "quants-00002-of-00003.gguf");
  }

  @Test
  void open_wholeFileAsPart_isRefused() throws IOException {
    Files.copy(
        Fixtures.reference("weights/quants.gguf"), part(3), StandardCopyOption.REPLACE_EXISTING);
    assertRefused(part(1), "split.no");
  }

  private static void assertRefused(Path path, String... words) {
    assertThatThrownBy(() -> GgufFile.open(path))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(words);
  }
}
