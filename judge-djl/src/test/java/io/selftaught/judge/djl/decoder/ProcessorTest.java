package io.selftaught.judge.djl.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTest {

  @TempDir Path directory;

  @Test
  void flags_ofTheFirstProcessor_areRead() throws IOException {
    Path file = directory.resolve("cpuinfo");
    Files.writeString(
        file,
        "processor\t: 0\nvmx flags\t: vnmi\nflags\t\t: fpu avx2 amx_bf16\nprocessor\t: 1\nflags\t: x\n");
    assertThat(Processor.flags(file)).containsExactlyInAnyOrder("fpu", "avx2", "amx_bf16");
  }

  @Test
  void flags_ofArm_areRead() throws IOException {
    Path file = directory.resolve("cpuinfo");
    Files.writeString(file, "processor\t: 0\nFeatures\t: fp asimd bf16\n");
    assertThat(Processor.flags(file)).containsExactlyInAnyOrder("fp", "asimd", "bf16");
  }

  @Test
  void flags_withoutTheFile_areNone() {
    assertThat(Processor.flags(directory.resolve("none"))).isEmpty();
  }
}
