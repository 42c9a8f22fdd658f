package io.selftaught.judge.benchmarks.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.GenerationConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkTest {

  private static final GenerationConfig TWO =
      GenerationConfig.builder().samples(2).temperature(0.7).maxTokens(9).seed(3).build();
  private static final Request REQUEST =
      new Request(
          List.of(ChatMessage.system("Be short."), ChatMessage.user("Häh?")),
          List.of(5, 6, 7),
          TWO,
          List.of());
  private static final Work WORK =
      new Work(List.of(2, 4), List.of(new Pass(Workload.DECODE_8, false, 3, List.of(REQUEST))));

  private static Measurement written(List<List<Integer>> counts) {
    return new Measurement(
        Map.of("threads", "2"),
        100,
        200,
        List.of(new Timing(Workload.DECODE_8, false, 1.5, 3, counts)));
  }

  @Test
  void work_writtenAndRead_isTheSame(@TempDir Path folder) {
    Path file = folder.resolve("work.json");
    WORK.write(file);

    assertThat(Work.read(file)).isEqualTo(WORK);
  }

  @Test
  void measurement_writtenAndRead_isTheSame(@TempDir Path folder) {
    Path file = folder.resolve("measurement.json");
    Measurement measurement = written(List.of(List.of(4, 9), List.of()));
    measurement.write(file);

    assertThat(Measurement.read(file)).isEqualTo(measurement);
  }

  @Test
  void longest_countsPromptAndWhatMayFollow() {
    assertThat(WORK.longest()).isEqualTo(3 + 9);
  }

  @Test
  void with_anotherSubject_wantsAsManyTokensOfEachSample() {
    Work same = WORK.with(written(List.of(List.of(4, 9))));

    assertThat(same.passes().get(0).requests().get(0).counts()).containsExactly(4, 9);
    assertThat(same.ends()).isEqualTo(WORK.ends());
  }

  @Test
  void with_aSubjectThatDidOtherRequests_fails() {
    assertThatThrownBy(() -> WORK.with(written(List.of())))
        .hasMessageContaining("has 1 requests, another subject had 0");
  }

  @Test
  void counts_notOneForEachSample_fail() {
    assertThatThrownBy(() -> REQUEST.withCounts(List.of(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("each of 2 samples");
  }

  @Test
  void workload_ofAnUnknownName_fails() {
    assertThat(Workload.of("decode-8")).isEqualTo(Workload.DECODE_8);
    assertThatThrownBy(() -> Workload.of("decode"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("decode");
  }
}
