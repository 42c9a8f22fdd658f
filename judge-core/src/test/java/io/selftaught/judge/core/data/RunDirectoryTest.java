package io.selftaught.judge.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

  private static final Map<String, String> SETTINGS = Map.of("limit", "24", "seed", "1");

  @TempDir Path temp;

  @Test
  void open_sameSettings_goesOn() {
    open(SETTINGS).close();
    open(SETTINGS).close();

    assertThat(JsonFile.read(temp.resolve("run/run.json")).textMap("settings")).isEqualTo(SETTINGS);
  }

  @Test
  void open_otherSettings_isRefusedAndSaysWhatDiffers() {
    open(SETTINGS).close();

    assertThatThrownBy(() -> open(Map.of("limit", "12", "samples", "4", "seed", "1")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("limit was 24, is now 12; samples was not set, is now 4.")
        .hasMessageNotContaining("seed");
    open(SETTINGS).close();
  }

  @Test
  void open_inUse_isRefused() {
    RunDirectory first = open(SETTINGS);
    assertThatThrownBy(() -> open(SETTINGS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Another run is working in " + temp.resolve("run"));

    first.close();
    open(SETTINGS).close();
  }

  @Test
  void open_placeThatIsAFile_isRefused() throws IOException {
    Files.writeString(temp.resolve("run"), "");

    assertThatThrownBy(() -> open(SETTINGS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Cannot write to " + temp.resolve("run"));
  }

  @Test
  void writeReport_replacesWhatWasThere() {
    try (RunDirectory run = open(SETTINGS)) {
      run.writeReport(JsonRecord.builder().put("rounds", 1).build());
      run.writeReport(JsonRecord.builder().put("rounds", 2).build());
      assertThat(JsonFile.read(run.path("report.json")).integer("rounds")).isEqualTo(2);
    }
  }

  private RunDirectory open(Map<String, String> settings) {
    return RunDirectory.open(temp.resolve("run"), settings);
  }
}
