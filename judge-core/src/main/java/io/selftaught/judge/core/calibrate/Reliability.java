package io.selftaught.judge.core.calibrate;

import io.selftaught.judge.Preference;
import io.selftaught.judge.core.data.JsonRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How well a judge's probabilities agree with how often it is right: the numbers of a reliability
 * diagram.
 *
 * <p>Where both answers are equally good but the judge was not allowed to say so, it counts as
 * wrong; {@link #ofSayable} leaves such pairs out. Of two equally likely preferences each counts as
 * half said.
 *
 * @param n the observations
 * @param bins those with an observation, in the order of confidence
 * @param accuracy the share of observations in which the likeliest preference was right
 * @param expectedCalibrationError the mean distance of confidence and accuracy over the bins,
 *     weighted by their sizes: 0 is perfect, 1 the worst
 * @param brierScore the mean squared distance from certainty in the right preference, summed over
 *     the three: 0 is perfect, 2 the worst
 */
public record Reliability(
    int n, List<Bin> bins, double accuracy, double expectedCalibrationError, double brierScore) {

  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * Measures observations in ten bins of equal width.
   *
   * @throws IllegalArgumentException if there is no observation
   */
  public static Reliability of(List<Observation> observations) {
    return of(observations, 10);
  }

  /**
   * Measures observations in so many bins of equal width.
   *
   * @throws IllegalArgumentException if there is no observation or no bin
   */
  public static Reliability of(List<Observation> observations, int bins) {
    if (observations.isEmpty() || bins < 1) {
      throw new IllegalArgumentException(
          "observations and bins must be at least 1, were %d and %d"
              .formatted(observations.size(), bins));
    }
    List<Bin> filled = new ArrayList<>();
    for (int i = 0; i < bins; i++) {
      int index = i;
      List<Observation> inside =
          observations.stream().filter(o -> bin(o.said().confidence(), bins) == index).toList();
      if (!inside.isEmpty()) {
        filled.add(Bin.of((double) i / bins, (i + 1.0) / bins, inside));
      }
    }
    int n = observations.size();
    return new Reliability(
        n,
        filled,
        mean(observations, Reliability::hit),
        filled.stream().mapToDouble(b -> b.gap() * b.n() / n).sum(),
        mean(observations, Reliability::brier));
  }

  /**
   * Measures a judge in ten bins. If it never held a tie possible, as one that may not say so, the
   * pairs labelled as ties are left out; nothing if no observation remains.
   */
  public static Optional<Reliability> ofSayable(List<Observation> observations) {
    boolean ties = observations.stream().anyMatch(o -> o.said().tie() > 0);
    List<Observation> counted =
        observations.stream().filter(o -> ties || o.label() != Preference.TIE).toList();
    return counted.isEmpty() ? Optional.empty() : Optional.of(of(counted));
  }

  private static int bin(double confidence, int bins) {
    return (int) Math.min(bins - 1L, (long) Math.floor(confidence * bins));
  }

  private static double hit(Observation observation) {
    return observation
        .said()
        .likeliest()
        .map(preference -> preference == observation.label() ? 1.0 : 0.0)
        .orElse(
            observation.said().of(observation.label()) == observation.said().confidence()
                ? 0.5
                : 0);
  }

  private static double brier(Observation observation) {
    double sum = 0;
    for (Preference preference : Preference.values()) {
      double distance =
          observation.said().of(preference) - (preference == observation.label() ? 1 : 0);
      sum += distance * distance;
    }
    return sum;
  }

  private static double mean(List<Observation> observations, ToDoubleFunction<Observation> figure) {
    return observations.stream().mapToDouble(figure).average().orElseThrow();
  }

  /** Returns all figures. */
  public JsonRecord toJson() {
    return JsonRecord.builder()
        .put("n", n)
        .put("accuracy", accuracy)
        .put("expectedCalibrationError", expectedCalibrationError)
        .put("brierScore", brierScore)
        .putRecords("bins", bins.stream().map(Bin::toJson).toList())
        .build();
  }

  /**
   * The observations of which the likeliest preference has about the same probability.
   *
   * @param from the least confidence, inclusive
   * @param to the most, exclusive but in the last bin
   * @param n the observations, ≥ 1
   * @param confidence their mean confidence
   * @param accuracy the share in which the likeliest preference was right
   */
  public record Bin(double from, double to, int n, double confidence, double accuracy) {

    private static Bin of(double from, double to, List<Observation> inside) {
      return new Bin(
          from,
          to,
          inside.size(),
          mean(inside, o -> o.said().confidence()),
          mean(inside, Reliability::hit));
    }

    /** Returns the distance of confidence and accuracy. */
    public double gap() {
      return Math.abs(confidence - accuracy);
    }

    private JsonRecord toJson() {
      return JsonRecord.builder()
          .put("from", from)
          .put("to", to)
          .put("n", n)
          .put("confidence", confidence)
          .put("accuracy", accuracy)
          .build();
    }
  }
}
