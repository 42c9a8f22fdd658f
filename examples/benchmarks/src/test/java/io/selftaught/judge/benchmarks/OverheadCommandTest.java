package io.selftaught.judge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.core.data.JsonFile;
import io.selftaught.judge.core.data.JsonRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverheadCommandTest {

  private static final Path TINY =
      Path.of("../../judge-djl/src/test/resources/reference/tiny-llama");

  private final StringWriter out = new StringWriter();

  private int run(String... args) {
    return Main.run(new PrintWriter(out, true), args);
  }

  /** One short iteration in this process: that everything runs, not how fast. */
  @Test
  void overhead_oneIteration_printsTableAndWritesJson(@TempDir Path directory) {
    Path file = directory.resolve("figures.json");

    int exitCode =
        run(
            "overhead",
            "--forks=0",
            "--iterations=1",
            "--milliseconds=1",
            "--model=" + TINY,
            "--out=" + file);

    assertThat(exitCode).as(out.toString()).isZero();
    JsonRecord json = JsonFile.read(file);
    assertThat(json.record("machine").text("java")).isNotBlank();
    assertThat(json.record("settings").integer("milliseconds")).isEqualTo(1);
    assertThat(json.records("figures"))
        .allSatisfy(figure -> assertThat(figure.number("micros")).isPositive())
        .extracting(figure -> figure.text("name"))
        .contains(
            "ComparisonBenchmark.bothOrders",
            "ComparisonBenchmark.thousandAtOnce",
            "PromptBenchmark.parseLong",
            "SamplerBenchmark.nucleus",
            "TextBenchmark.tokenize(tiny-llama)",
            "SchedulingBenchmark.scheduler(tiny-llama)")
        .allMatch(name -> out.toString().contains(name));
  }

  @Test
  void overhead_modelThatIsNotThere_fails() {
    assertThat(
            run("overhead", "--forks=0", "--iterations=1", "--milliseconds=1", "--model=nowhere"))
        .isNotZero();
  }

  /** What is measured must be what happens in real use: verdicts, not failures. */
  @Test
  void comparisons_ofTheBenchmark_areDecided() throws IOException {
    ComparisonBenchmark benchmark = new ComparisonBenchmark();
    ComparisonBenchmark.Known known = new ComparisonBenchmark.Known();
    ComparisonBenchmark.Unknown unknown = new ComparisonBenchmark.Unknown();
    known.ask();
    unknown.open();
    Verdict a = Verdict.decided(Preference.A);

    assertThat(benchmark.oneOrder().verdict()).isEqualTo(a);
    assertThat(benchmark.bothOrders().verdict()).isEqualTo(a);
    assertThat(benchmark.eightVotes().verdict()).isEqualTo(a);
    assertThat(benchmark.bothOrdersFromCache(known).verdict()).isEqualTo(a);
    assertThat(benchmark.thousandAtOnce(unknown)).isEqualTo(1000);
    assertThat(benchmark.verdictOnlyAveraged().probabilities()).isPresent();
    known.delete();
    unknown.delete();
  }

  @Test
  void judgments_ofTheBenchmark_areReadAsMeant() {
    PromptBenchmark benchmark = new PromptBenchmark();

    assertThat(benchmark.parse()).isEqualTo(Verdict.decided(Preference.A));
    assertThat(benchmark.parseLong()).isEqualTo(Verdict.decided(Preference.A));
    assertThat(benchmark.parseWithoutMarker()).isEqualTo(Verdict.decided(Preference.A));
  }
}
