package io.selftaught.judge.core.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.selftaught.judge.Preference;
import io.selftaught.judge.core.GoldenFile;
import io.selftaught.judge.core.eval.RecordedVerdicts.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Agreement and intervals on verdicts of real judges, which the folder JUDGE_DATA holds. The golden
 * file is made of the same folder by {@code src/test/python/recorded_reference.py}.
 */
@Tag("weights")
class RecordedAgreementTest {

  private static final Map<String, List<Output>> OUTPUTS = new HashMap<>();

  /** Which outputs a line is about; an empty judge is all of them, an empty order both. */
  private record Chosen(String set, String judge, String style, String order) {
    boolean matches(Output output) {
      return (judge.isEmpty() || (output.judge().equals(judge) && output.style().equals(style)))
          && (order.isEmpty() || output.order().name().equals(order));
    }
  }

  @BeforeAll
  static void readData() {
    String folder = System.getProperty("JUDGE_DATA", System.getenv("JUDGE_DATA"));
    assumeTrue(folder != null, "JUDGE_DATA names no folder with recorded verdicts");
    for (String set : List.of("llmbar", "prd-vicuna80")) {
      OUTPUTS.put(set, RecordedVerdicts.read(Path.of(folder), set));
    }
  }

  static Stream<String> golden() throws IOException {
    return GoldenFile.lines(RecordedAgreementTest.class, "recorded.csv");
  }

  @ParameterizedTest
  @MethodSource("golden")
  void measure_recordedVerdicts_equalsTheReference(String line) {
    String[] parts = line.split(",", -1);
    Chosen chosen = new Chosen(parts[1], parts[2], parts[3], parts[4]);
    List<Output> outputs = OUTPUTS.get(chosen.set()).stream().filter(chosen::matches).toList();

    assertThat(value(parts[0], outputs)).isCloseTo(Double.parseDouble(parts[5]), within(1e-9));
  }

  private static double value(String measure, List<Output> outputs) {
    return switch (measure) {
      case "cohen" -> Agreement.cohen(withLabels(outputs)).orElseThrow();
      case "fleiss" -> Agreement.fleiss(whole(byPair(outputs))).orElseThrow();
      case "krippendorff" -> Agreement.krippendorff(byPair(outputs)).orElseThrow();
      case "wilsonLow" -> right(outputs).interval().orElseThrow().low();
      case "wilsonHigh" -> right(outputs).interval().orElseThrow().high();
      default -> throw new AssertionError(measure);
    };
  }

  private static List<List<Preference>> withLabels(List<Output> outputs) {
    return outputs.stream()
        .flatMap(
            output ->
                output.recorded().stream()
                    .map(verdict -> List.of(output.pair().preferred(), verdict)))
        .toList();
  }

  /** Returns the verdicts that were read on each pair. */
  private static List<List<Preference>> byPair(List<Output> outputs) {
    return outputs.stream()
        .collect(Collectors.groupingBy(output -> output.pair().id()))
        .values()
        .stream()
        .map(pair -> pair.stream().flatMap(output -> output.recorded().stream()).toList())
        .toList();
  }

  /** Returns the items that every judge has rated. */
  private static List<List<Preference>> whole(List<List<Preference>> items) {
    int judges = items.stream().mapToInt(List::size).max().orElseThrow();
    return items.stream().filter(item -> item.size() == judges).toList();
  }

  private static Rate right(List<Output> outputs) {
    long hits =
        outputs.stream()
            .filter(
                output -> output.recorded().filter(output.pair().preferred()::equals).isPresent())
            .count();
    return new Rate(hits, outputs.size());
  }
}
