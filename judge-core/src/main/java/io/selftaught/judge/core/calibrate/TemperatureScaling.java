package io.selftaught.judge.core.calibrate;

import io.selftaught.judge.Preference;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.core.data.JsonRecord;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Divides the logarithms of probabilities by a temperature: above 1 makes a judge less sure.
 *
 * @param temperature above 0 and finite
 */
record TemperatureScaling(double temperature) implements Calibration {

  static final String KIND = "temperature";

  /** Temperatures beyond these are no correction any more but another judge. */
  private static final double LOWEST = 0.05;

  private static final double HIGHEST = 20;

  private static final double LEAST = 1e-9;

  TemperatureScaling {
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException(
          "temperature must be above 0 and finite, was " + temperature);
    }
  }

  /** The loss is convex in 1 / temperature, so it falls and then rises over its logarithm too. */
  static TemperatureScaling fit(List<Observation> observations) {
    if (observations.isEmpty()) {
      throw new IllegalArgumentException("observations must not be empty");
    }
    double best =
        minimum(
            log -> {
              TemperatureScaling scaling = new TemperatureScaling(Math.exp(log));
              return observations.stream().mapToDouble(scaling::loss).sum();
            },
            Math.log(LOWEST),
            Math.log(HIGHEST));
    return new TemperatureScaling(Math.exp(best));
  }

  private double loss(Observation observation) {
    Probabilities p = apply(observation.said());
    return observation.isUnsayableTie()
        ? -(log(p.a()) + log(p.b())) / 2
        : -log(p.of(observation.label()));
  }

  private static double log(double probability) {
    return Math.log(Math.max(probability, LEAST));
  }

  /** Golden-section search, to about 1e-9. */
  private static double minimum(DoubleUnaryOperator f, double low, double high) {
    double ratio = (Math.sqrt(5) - 1) / 2;
    double from = low;
    double to = high;
    double left = to - ratio * (to - from);
    double right = from + ratio * (to - from);
    double atLeft = f.applyAsDouble(left);
    double atRight = f.applyAsDouble(right);
    while (to - from > 1e-9) {
      if (atLeft <= atRight) {
        to = right;
        right = left;
        atRight = atLeft;
        left = to - ratio * (to - from);
        atLeft = f.applyAsDouble(left);
      } else {
        from = left;
        left = right;
        atLeft = atRight;
        right = from + ratio * (to - from);
        atRight = f.applyAsDouble(right);
      }
    }
    return (from + to) / 2;
  }

  @Override
  public Probabilities apply(Probabilities said) {
    return Probabilities.ofWeights(
        weight(said, Preference.A), weight(said, Preference.TIE), weight(said, Preference.B));
  }

  /** Relative to the likeliest, so that not all weights vanish. */
  private double weight(Probabilities said, Preference preference) {
    return Math.pow(said.of(preference) / said.confidence(), 1 / temperature);
  }

  @Override
  public JsonRecord toJson() {
    return JsonRecord.builder().put("kind", KIND).put("temperature", temperature).build();
  }
}
