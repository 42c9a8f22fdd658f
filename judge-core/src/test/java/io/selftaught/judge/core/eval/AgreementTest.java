package io.selftaught.judge.core.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.selftaught.judge.core.GoldenFile;
import io.selftaught.judge.core.eval.Rate.Interval;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden file is made by {@code src/test/python/agreement_reference.py}. */
class AgreementTest {

  static Stream<String> golden() throws IOException {
    return GoldenFile.lines(AgreementTest.class, "agreement.csv");
  }

  @ParameterizedTest
  @MethodSource("golden")
  void measure_goldenInput_equalsTheReference(String line) {
    String[] parts = line.split(",");

    assertThat(value(parts[0], parts[1].split(" ")))
        .isCloseTo(Double.parseDouble(parts[2]), within(1e-9));
  }

  private static double value(String measure, String[] input) {
    return switch (measure) {
      case "cohen" -> Agreement.cohen(items(input)).orElseThrow();
      case "fleiss" -> Agreement.fleiss(items(input)).orElseThrow();
      case "krippendorff" -> Agreement.krippendorff(items(input)).orElseThrow();
      case "permutation" -> PairedPermutation.pValue(numbers(input), 1, 1);
      case "quantile" -> {
        double[] all = numbers(input);
        yield Bootstrap.quantile(Arrays.copyOf(all, all.length - 1), all[all.length - 1]);
      }
      case "halfWidth" -> SampleSize.forHalfWidth(numbers(input)[0], numbers(input)[1]);
      case "gain" -> SampleSize.forGain(numbers(input)[0], numbers(input)[1], numbers(input)[2]);
      case "gainLow" -> gain(input).low();
      case "gainHigh" -> gain(input).high();
      default -> throw new AssertionError(measure);
    };
  }

  private static Interval gain(String[] input) {
    return new PairedTest(
            Long.parseLong(input[0]), Long.parseLong(input[1]), Long.parseLong(input[2]))
        .interval();
  }

  private static List<List<Integer>> items(String... words) {
    return Arrays.stream(words)
        .map(word -> word.chars().filter(c -> c != '-').boxed().toList())
        .toList();
  }

  private static double[] numbers(String[] input) {
    return Arrays.stream(input).mapToDouble(Double::parseDouble).toArray();
  }

  @Test
  void measures_nothingBeyondChance_areUnknown() {
    for (List<List<Integer>> items : List.of(items(), items("AA", "AA"))) {
      assertThat(Agreement.cohen(items)).isEmpty();
      assertThat(Agreement.fleiss(items)).isEmpty();
      assertThat(Agreement.krippendorff(items)).isEmpty();
    }
    assertThat(Agreement.krippendorff(items("A", "B"))).isEmpty();
  }

  @Test
  void measures_wrongNumberOfRatings_areRefused() {
    assertThatThrownBy(() -> Agreement.cohen(items("AB", "A")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have 2 ratings, one has 1");
    assertThatThrownBy(() -> Agreement.fleiss(items("AAB", "AB")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Agreement.fleiss(items("A", "B")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bootstrap_mean_isNearTheNormalInterval() {
    // 0 to 99: mean 49.5, standard error 2.887, so 43.8 to 55.2.
    List<Integer> items = IntStream.range(0, 100).boxed().toList();

    Interval interval =
        Bootstrap.interval(
                items, drawn -> drawn.stream().mapToInt(Integer::intValue).average(), 4000, 3)
            .orElseThrow();

    assertThat(interval.low()).isCloseTo(43.84, within(0.4));
    assertThat(interval.high()).isCloseTo(55.16, within(0.4));
  }

  @Test
  void bootstrap_figureThatIsMostlyUnknown_isUnknown() {
    assertThat(Bootstrap.interval(List.of(1), drawn -> OptionalDouble.empty(), 10, 1)).isEmpty();
    assertThat(Bootstrap.interval(List.of(), drawn -> OptionalDouble.of(1), 10, 1)).isEmpty();
  }

  @Test
  void permutation_moreThanCanBeTried_isNearTheExactTestOfMcNemar() {
    // 30 against 12: PairedTest says 0.0079.
    double[] differences = new double[42];
    Arrays.fill(differences, 0, 30, 1);
    Arrays.fill(differences, 30, 42, -1);

    assertThat(PairedPermutation.pValue(differences, 100_000, 1)).isCloseTo(0.0079, within(0.001));
    assertThat(PairedPermutation.pValue(new double[] {0, 0}, 10, 1)).isEqualTo(1);
  }

  @Test
  void permutation_neverSaysThatSomethingIsImpossible() {
    double[] always = Collections.nCopies(60, 1.0).stream().mapToDouble(x -> x).toArray();

    assertThat(PairedPermutation.pValue(always, 99, 1)).isEqualTo(0.01);
  }

  @Test
  void sampleSize_outOfRange_isRefused() {
    assertThatThrownBy(() -> SampleSize.forHalfWidth(0.5, 0))
        .hasMessage("halfWidth must lie between 0 and 1, was 0.0");
    assertThatThrownBy(() -> SampleSize.forHalfWidth(1.1, 0.1)).hasMessageContaining("accuracy");
    assertThatThrownBy(() -> SampleSize.forGain(0.2, 0.1, 0.8))
        .hasMessage("discordant must be from 0.2 to 1.0, was 0.1");
    assertThatThrownBy(() -> SampleSize.forGain(0.2, 0.3, 1)).hasMessageContaining("power");
  }
}
