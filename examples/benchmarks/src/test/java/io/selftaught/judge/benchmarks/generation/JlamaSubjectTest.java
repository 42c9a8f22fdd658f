package io.selftaught.judge.benchmarks.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.core.data.JsonFile;
import io.selftaught.judge.core.data.JsonRecord;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JlamaSubjectTest {

  @Test
  void measure_withoutSuchAJava_fails_havingWrittenTheFirstTexts(@TempDir Path folder) {
    Request request =
        new Request(
            List.of(ChatMessage.user("Hello")),
            List.of(5, 6),
            GenerationConfig.greedy(7),
            List.of());
    Work work =
        new Work(
            List.of(),
            List.of(
                new Pass(Workload.DECODE_8, false, 1, List.of(request)),
                new Pass(Workload.JUDGE, false, 2, List.of(request, request))));
    JlamaSubject jlama =
        new JlamaSubject(
            folder.resolve("no-java").toString(),
            folder,
            folder,
            1,
            1,
            messages -> "<" + messages.get(0).content() + ">",
            folder);

    assertThatThrownBy(() -> jlama.measure(work)).hasMessageContaining("can't be started");

    assertThat(JsonFile.read(folder.resolve("jlama-work.json")).records("passes"))
        .singleElement()
        .satisfies(
            pass -> {
              assertThat(pass.text("workload")).isEqualTo("judge");
              assertThat(pass.records("requests")).hasSize(1);
              JsonRecord text = pass.records("requests").get(0);
              assertThat(text.text("text")).isEqualTo("<Hello>");
              assertThat(text.integer("maxTokens")).isEqualTo(7);
            });
  }
}
