package io.selftaught.judge.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = dir.resolve("run").resolve("journal.jsonl");
  }

  @Test
  void open_afterACrashInALine_dropsThatLineOnly() throws IOException {
    append(1);
    append(2);
    Files.writeString(file, "{\"n\":3,\"text\":\"" + "x".repeat(20_000), StandardOpenOption.APPEND);

    assertThat(numbers()).containsExactly(1L, 2L);
    try (Journal journal = Journal.open(file)) {
      assertThat(journal.droppedBytes()).isEqualTo(15 + 20_000);
      journal.append(record(4));
    }
    assertThat(numbers()).containsExactly(1L, 2L, 4L);
  }

  @Test
  void open_aFirstLineThatIsUnfinished_beginsAgain() throws IOException {
    append(1);
    Files.writeString(file, "{\"n\"");

    append(2);

    assertThat(numbers()).containsExactly(2L);
  }

  @Test
  void append_whileOpen_isVisibleToReaders() {
    try (Journal journal = Journal.open(file)) {
      journal.append(record(1));
      assertThat(numbers()).containsExactly(1L);
    }
  }

  @Test
  void append_fromManyThreads_keepsLinesWhole() {
    try (Journal journal = Journal.open(file)) {
      IntStream.range(0, 500).parallel().forEach(n -> journal.append(record(n)));
    }
    assertThat(numbers())
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 500).boxed().toList());
  }

  @Test
  void append_byAnInterruptedThread_isKeptAndTheJournalGoesOn() {
    try (Journal journal = Journal.open(file)) {
      Thread.currentThread().interrupt();
      journal.append(record(1));
      assertThat(Thread.interrupted()).isTrue();
      journal.append(record(2));
    }
    assertThat(numbers()).containsExactly(1L, 2L);
  }

  @Test
  void append_closed_isRefused() {
    Journal journal = Journal.open(file);
    journal.close();
    journal.close();

    assertThatThrownBy(() -> journal.append(record(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
  }

  @Test
  void open_whileOpen_isRefusedUntilClosed() {
    try (Journal journal = Journal.open(file)) {
      journal.append(record(1));
      assertThatThrownBy(() -> Journal.open(file))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(file + " is being written already");
    }
    append(2);
    assertThat(numbers()).containsExactly(1L, 2L);
  }

  @Test
  void read_noSuchFile_holdsNothing() {
    assertThat(numbers()).isEmpty();
  }

  @Test
  void read_damageInTheMiddle_isAnErrorThatNamesTheLine() throws IOException {
    append(1);
    Files.writeString(file, "garbage\n", StandardOpenOption.APPEND);
    append(2);

    assertThatThrownBy(this::numbers)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file + " is damaged at line 2");
  }

  private void append(long n) {
    try (Journal journal = Journal.open(file)) {
      journal.append(record(n));
    }
  }

  private List<Long> numbers() {
    return Journal.read(file, record -> record.integer("n")).records();
  }

  private static JsonRecord record(long n) {
    return JsonRecord.builder().put("n", n).build();
  }
}
