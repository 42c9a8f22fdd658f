package io.selftaught.judge.core.calibrate;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.core.data.JsonFile;
import io.selftaught.judge.core.data.JsonRecord;
import java.nio.file.Path;
import java.util.List;

/**
 * Corrects a judge's probabilities by what was learnt on labelled pairs. Immutable.
 *
 * <p>Both kinds treat a and b alike: the correction of swapped probabilities is the swapped
 * correction. Learn on pairs that are not evaluated, of the very judge that is to be corrected.
 *
 * <pre>{@code
 * Calibration calibration = Calibration.temperature(observations);
 * Judge judge = Judges.calibrated(Judges.averagedOrders(Judges.verdictOnly(model)), calibration);
 * }</pre>
 */
public sealed interface Calibration permits TemperatureScaling, IsotonicCalibration {

  /**
   * Learns one number, the temperature that makes the labels likeliest (Guo et al. 2017); for as
   * few as some dozen pairs.
   *
   * @throws IllegalArgumentException if there is no observation
   */
  static Calibration temperature(List<Observation> observations) {
    return TemperatureScaling.fit(observations);
  }

  /**
   * Learns a rising curve for the probability that a is better given that one is (Zadrozny and
   * Elkan 2002), and leaves that of a tie as it is; for some hundred pairs and more. Nothing gets
   * surer than so many pairs can show.
   *
   * @throws IllegalArgumentException if there is no observation
   */
  static Calibration isotonic(List<Observation> observations) {
    return IsotonicCalibration.fit(observations);
  }

  /**
   * Returns the calibration that {@link #write} put into a file.
   *
   * @throws InvalidInputException if the file cannot be read or holds something else
   */
  static Calibration read(Path file) {
    try {
      return of(JsonFile.read(file));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("No calibration in " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Returns the calibration that {@link #toJson} made the record of.
   *
   * @throws InvalidInputException if the record holds something else
   */
  static Calibration of(JsonRecord json) {
    String kind = json.text("kind");
    return switch (kind) {
      case TemperatureScaling.KIND -> new TemperatureScaling(json.number("temperature"));
      case IsotonicCalibration.KIND -> IsotonicCalibration.of(json);
      default ->
          throw new InvalidInputException(
              "\"%s\" is no kind of calibration; known are %s and %s"
                  .formatted(kind, TemperatureScaling.KIND, IsotonicCalibration.KIND));
    };
  }

  /** Returns the corrected probabilities. */
  Probabilities apply(Probabilities said);

  /** Returns all that was learnt. */
  JsonRecord toJson();

  /**
   * Writes this calibration to a file.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  default void write(Path file) {
    JsonFile.write(file, toJson());
  }
}
