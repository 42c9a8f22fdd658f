package io.selftaught.judge.core.eval;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Whether one judge scores higher than another on the same pairs, for scores with more steps than
 * right and wrong; by {@link PairedPermutation}.
 *
 * @param pairs the pairs that both judged
 * @param gain by how much this judge's mean score is higher
 * @param pValue the two-sided probability of so large a difference between equally good judges
 */
public record PairedScores(long pairs, double gain, double pValue) {

  private static final int SAMPLES = 10_000;

  static PairedScores of(List<JudgedTwice> pairs, ToDoubleFunction<Judged> score, long seed) {
    double[] differences =
        pairs.stream()
            .mapToDouble(pair -> finite(pair.one(), score) - finite(pair.other(), score))
            .toArray();
    double sum = 0;
    for (double difference : differences) {
      sum += difference;
    }
    return new PairedScores(
        differences.length,
        sum / differences.length,
        PairedPermutation.pValue(differences, SAMPLES, seed));
  }

  private static double finite(Judged pair, ToDoubleFunction<Judged> score) {
    double value = score.applyAsDouble(pair);
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "score must be finite, was %s for the pair %s".formatted(value, pair.item().id()));
    }
    return value;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%+.3f on %d pairs (p = %.3g)", gain, pairs, pValue);
  }
}
