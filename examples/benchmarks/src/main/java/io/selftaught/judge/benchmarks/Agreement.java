package io.selftaught.judge.benchmarks;

import io.selftaught.judge.Judgment;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How far judgments of the same pairs agree.
 *
 * @param pairs those that both judged
 * @param failed those that one of both did not judge, which agree in nothing
 * @param same those of {@code pairs} with the same verdict
 * @param meanDifference between the probabilities that the first answer is better
 * @param largestDifference between these
 */
record Agreement(int pairs, int failed, int same, double meanDifference, double largestDifference) {

  static Agreement of(List<Judgment> expected, List<Judgment> found) {
    int[] judged =
        IntStream.range(0, expected.size())
            .filter(i -> expected.get(i).probabilities().isPresent())
            .filter(i -> found.get(i).probabilities().isPresent())
            .toArray();
    DoubleSummaryStatistics differences =
        IntStream.of(judged)
            .mapToDouble(i -> Math.abs(first(expected.get(i)) - first(found.get(i))))
            .summaryStatistics();
    long same =
        IntStream.of(judged)
            .filter(i -> expected.get(i).verdict().equals(found.get(i).verdict()))
            .count();
    return new Agreement(
        judged.length,
        expected.size() - judged.length,
        (int) same,
        differences.getAverage(),
        Math.max(0, differences.getMax()));
  }

  private static double first(Judgment judgment) {
    return judgment.probabilities().orElseThrow().a();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d of %d verdicts are the same, %d pairs failed; probabilities differ by %.4f, at most %.4f",
        same,
        pairs,
        failed,
        meanDifference,
        largestDifference);
  }
}
