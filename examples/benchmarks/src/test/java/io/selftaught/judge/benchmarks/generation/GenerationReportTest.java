package io.selftaught.judge.benchmarks.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.benchmarks.Machine;
import io.selftaught.judge.core.data.JsonRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GenerationReportTest {

  private final GenerationReport report =
      new GenerationReport(
          Machine.here(), new Shape(1000, 200, true, 8, 16), Map.of("threads", "2"));

  @BeforeEach
  void measure() {
    List<List<Integer>> written = List.of(List.of(11), List.of(31));
    report.add(
        "ours",
        new Measurement(
            Map.of("slots", "32"),
            5 << 20,
            0,
            List.of(
                new Timing(Workload.WARM_UP, false, 1, 10, written),
                new Timing(Workload.JUDGE, true, 2, 600, List.of(List.of(1), List.of(1))),
                new Timing(Workload.JUDGE, false, 12, 600, written))),
        new Roofline(9e9, 400e9, 200e9).mean(new Roofline(11e9, 600e9, 300e9)));
    report.add(
        "theirs",
        new Measurement(Map.of(), 5 << 20, 7 << 20, List.of()),
        new Roofline(10e9, 500e9, 250e9));
  }

  @Test
  void table_hasTheFiguresOfWhatWasRun() {
    assertThat(report.table())
        .anyMatch(
            line -> line.startsWith("Beside ours: memory 10.0 GB/s, bf16 products 500 GFLOP/s"))
        .noneMatch(line -> line.contains("warm-up") || line.contains("annotation"))
        .anyMatch(line -> line.matches("  ours +12\\.0 +600 +42 +300 +4\\.0 +5\\.0 *"));
  }

  @Test
  void subjects_tellTheirSettingsAndMemory() {
    assertThat(report.subjects())
        .contains("ours: peak memory ? MiB, weights 5 MiB", "  slots: 32")
        .contains("theirs: peak memory 7 MiB, weights 5 MiB");
  }

  @Test
  void json_hasMachineSettingsAndEveryFigure() {
    JsonRecord json = report.toJson();

    assertThat(json.record("machine").text("java")).isNotBlank();
    assertThat(json.record("settings").text("threads")).isEqualTo("2");
    JsonRecord ours = json.records("subjects").get(0);
    assertThat(ours.record("roofline").number("flops")).isEqualTo(500e9);
    assertThat(ours.text("name")).isEqualTo("ours");
    assertThat(ours.records("figures")).hasSize(1);
    assertThat(ours.records("figures").get(0).number("pairsPerMinute")).isEqualTo(5);
    assertThat(ours.records("timings").get(2).texts("written")).containsExactly("11", "31");
  }
}
