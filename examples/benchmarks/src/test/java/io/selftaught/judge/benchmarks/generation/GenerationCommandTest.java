package io.selftaught.judge.benchmarks.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.core.data.JsonFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole command on a real model, a pair and few workloads: that it works, not how fast. */
@Tag("weights")
class GenerationCommandTest {

  private static final Path SMOLLM2 =
      Path.of(System.getenv().getOrDefault("JUDGE_MODELS", "."))
          .resolve("smollm2-135m-instruct-q4_1.gguf");

  @Test
  void generation_ofOnePair_writesFigures_andSaysWhatFailed(@TempDir Path folder) throws Exception {
    Path pairs = folder.resolve("pairs.jsonl");
    Files.write(
        pairs,
        List.of(
            "{\"id\":\"1\",\"prompt\":\"Add 2 and 2.\",\"a\":\"4\",\"b\":\"5\",\"preferred\":\"A\"}"));
    Path out = folder.resolve("figures.json");
    StringWriter printed = new StringWriter();

    int exitCode =
        new CommandLine(new GenerationCommand(new PrintWriter(printed, true)))
            .execute(
                "--model=" + SMOLLM2,
                "--pairs=" + pairs,
                "--workloads=prefill,judge",
                "--data-types=BF16,NONE",
                "--threads=1",
                "--out=" + out);

    assertThat(exitCode).as(printed.toString()).isEqualTo(1);
    assertThat(printed.toString()).contains("Left out: judge-djl NONE", "pairs/min");
    assertThat(JsonFile.read(out).records("subjects"))
        .singleElement()
        .satisfies(
            subject -> {
              assertThat(subject.text("name")).isEqualTo("judge-djl BF16");
              assertThat(subject.records("figures")).hasSize(2);
            });
  }
}
