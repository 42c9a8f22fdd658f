package io.selftaught.judge.benchmarks.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.core.data.JsonRecord;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LlamaServerTest {

  private static final Request REQUEST =
      new Request(
          List.of(ChatMessage.user("Hello")),
          List.of(5, 6),
          GenerationConfig.builder().samples(2).temperature(0.7).maxTokens(9).seed(3).build(),
          List.of());

  @Test
  void body_asksForTheSampleOfTheSameIds() {
    String body = LlamaServer.body(REQUEST, 1, 4);

    assertThat(body).contains("\"prompt\": [5,6]");
    JsonRecord json = JsonRecord.parse(body);
    assertThat(json.integer("n_predict")).isEqualTo(9);
    assertThat(json.flag("ignore_eos")).isFalse();
    assertThat(json.integer("seed")).isEqualTo(4);
    assertThat(json.number("temperature")).isEqualTo(0.7);
    assertThat(json.integer("id_slot")).isEqualTo(4);
  }

  @Test
  void body_withCounts_goesOnAfterTheEndOfText() {
    JsonRecord json = JsonRecord.parse(LlamaServer.body(REQUEST.withCounts(List.of(4, 7)), 1, -1));

    assertThat(json.integer("n_predict")).isEqualTo(7);
    assertThat(json.flag("ignore_eos")).isTrue();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void start_ofAProgramThatEnds_tellsWhatItSaid(@TempDir Path folder) {
    assertThatThrownBy(
            () ->
                LlamaServer.start(
                    Path.of("/bin/echo"), List.of("no such model"), folder.resolve("log")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no such model");
  }

  @Test
  void start_ofNoProgram_fails(@TempDir Path folder) {
    assertThatThrownBy(
            () -> LlamaServer.start(folder.resolve("none"), List.of(), folder.resolve("log")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("llama-server can't be started");
  }
}
