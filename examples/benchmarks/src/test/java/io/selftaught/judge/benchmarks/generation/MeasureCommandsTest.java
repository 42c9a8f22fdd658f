package io.selftaught.judge.benchmarks.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.benchmarks.Benchmarks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that the benchmark runs as processes, here in this one. */
class MeasureCommandsTest {

  private static final Path TINY =
      Path.of("../../judge-djl/src/test/resources/reference/tiny-llama");

  @TempDir private Path folder;

  @Test
  void measureDjl_doesTheWorkOfAFile() {
    Request request =
        new Request(
            List.of(ChatMessage.user("Hi")),
            List.of(1, 2, 3),
            GenerationConfig.builder().samples(2).temperature(0.7).maxTokens(5).build(),
            List.of());
    Path work = folder.resolve("work.json");
    new Work(
            List.of(2), List.of(new Pass(Workload.ANNOTATION, false, 2, List.of(request, request))))
        .write(work);
    Path out = folder.resolve("out.json");

    int exitCode =
        Benchmarks.run(
            "measure-djl",
            "--model=" + TINY,
            "--data-type=FP32",
            "--key-values=INT8",
            "--threads=1",
            "--slots=3",
            "--work=" + work,
            "--out=" + out);

    assertThat(exitCode).isZero();
    Measurement measurement = Measurement.read(out);
    assertThat(measurement.settings().get("options"))
        .contains("slots=3", "threads=1", "FP32", "keyValues=INT8");
    assertThat(measurement.weightBytes()).isPositive();
    Timing timing = measurement.timing(Workload.ANNOTATION, false).orElseThrow();
    assertThat(timing.seconds()).isPositive();
    assertThat(timing.promptTokens()).isEqualTo(6);
    assertThat(timing.written()).hasSize(2).allSatisfy(w -> assertThat(w).hasSize(2));
    assertThat(timing.newTokens()).isBetween(4L, 20L);
  }

  @Test
  void measureMachine_findsRatesOfThisMachine() {
    Path out = folder.resolve("roofline.json");

    int exitCode =
        Benchmarks.run(
            "measure-machine",
            "--threads=1",
            "--hidden-size=32",
            "--intermediate-size=64",
            "--numbers=100000",
            "--square=64",
            "--out=" + out);

    assertThat(exitCode).isZero();
    Roofline roofline = Roofline.read(out);
    assertThat(roofline.bytesPerSecond()).isBetween(1e6, 1e14);
    assertThat(roofline.flops()).isBetween(1e6, 1e16);
    assertThat(roofline.modelFlops()).isBetween(1e6, 1e16);
  }
}
