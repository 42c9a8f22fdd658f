package io.selftaught.judge.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AvailableMemoryTest {

  @TempDir Path folder;
  private Path memInfo;

  @BeforeEach
  void machineWithTwoGibibytes() throws IOException {
    memInfo = folder.resolve("meminfo");
    Files.writeString(
        memInfo, "MemTotal:  8000000 kB\nMemFree: 10 kB\nMemAvailable:    2097152 kB\n");
  }

  @Test
  void bytes_noContainer_isWhatTheMachineHas() {
    assertThat(bytes()).hasValue(2L << 30);
  }

  @Test
  void bytes_unlimitedContainer_isWhatTheMachineHas() throws IOException {
    container("max", 500);
    assertThat(bytes()).hasValue(2L << 30);
  }

  @Test
  void bytes_limitedContainer_countsCachedFilesAsFree() throws IOException {
    container("1000", 900);
    Files.writeString(folder.resolve("memory.stat"), "anon 600\ninactive_file 300\n");
    assertThat(bytes()).hasValue(400);
  }

  @Test
  void bytes_fullContainer_isZero() throws IOException {
    container("1000", 1100);
    assertThat(bytes()).hasValue(0);
  }

  @Test
  void bytes_anotherSystem_isUnknown() throws IOException {
    Files.delete(memInfo);
    assertThat(bytes()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void of_thisMachine_isKnown() {
    assertThat(AvailableMemory.of(Device.cpu()).orElseThrow()).isPositive();
  }

  private OptionalLong bytes() {
    return new AvailableMemory(memInfo, folder).bytes();
  }

  private void container(String limit, long used) throws IOException {
    Files.writeString(folder.resolve("memory.max"), limit + "\n");
    Files.writeString(folder.resolve("memory.current"), used + "\n");
  }
}
