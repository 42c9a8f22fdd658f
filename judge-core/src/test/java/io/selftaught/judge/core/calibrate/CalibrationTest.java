package io.selftaught.judge.core.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.data.JsonRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTest {

  /** Labels drawn from the true probabilities of a judge that says them at another temperature. */
  private static List<Observation> observations(double temperature, int n, boolean ties) {
    Random random = new Random(5);
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Probabilities truth =
          Probabilities.ofWeights(
              Math.exp(random.nextGaussian()), ties ? 0.5 : 0, Math.exp(random.nextGaussian()));
      double drawn = random.nextDouble();
      Preference label =
          drawn < truth.a()
              ? Preference.A
              : drawn < truth.a() + truth.tie() ? Preference.TIE : Preference.B;
      observations.add(
          new Observation(new TemperatureScaling(1 / temperature).apply(truth), label));
    }
    return observations;
  }

  @Test
  void temperature_judgeThatIsTooSure_isFoundOut() {
    TemperatureScaling binary = TemperatureScaling.fit(observations(3, 20_000, false));
    TemperatureScaling withTies = TemperatureScaling.fit(observations(0.5, 20_000, true));

    assertThat(binary.temperature()).isCloseTo(3, within(0.1));
    assertThat(withTies.temperature()).isCloseTo(0.5, within(0.03));
  }

  @Test
  void temperature_neverChangesWhatIsLikeliest() {
    Calibration calibration = Calibration.temperature(observations(3, 100, true));

    for (Observation observation : observations(3, 100, true)) {
      assertThat(calibration.apply(observation.said()).likeliest())
          .isEqualTo(observation.said().likeliest());
    }
  }

  @Test
  void bothKinds_lowerTheErrorOnFreshPairs() {
    List<Observation> all = observations(4, 4_000, false);
    List<Observation> fresh = all.subList(2_000, 4_000);
    double before = Reliability.of(fresh).expectedCalibrationError();

    for (Calibration calibration :
        List.of(
            Calibration.temperature(all.subList(0, 2_000)),
            Calibration.isotonic(all.subList(0, 2_000)))) {
      List<Observation> corrected =
          fresh.stream().map(o -> new Observation(calibration.apply(o.said()), o.label())).toList();
      assertThat(before).isGreaterThan(0.1);
      assertThat(Reliability.of(corrected).expectedCalibrationError()).isLessThan(0.04);
    }
  }

  @Test
  void bothKinds_swappedProbabilities_areCorrectedAlike() {
    List<Observation> observations = observations(2, 300, true);

    for (Calibration calibration :
        List.of(Calibration.temperature(observations), Calibration.isotonic(observations))) {
      for (Observation observation : observations) {
        Probabilities corrected = calibration.apply(observation.said());
        Probabilities swapped = calibration.apply(observation.said().swapped()).swapped();
        assertThat(swapped.a()).isCloseTo(corrected.a(), within(1e-12));
        assertThat(swapped.tie()).isCloseTo(corrected.tie(), within(1e-12));
      }
    }
  }

  @Test
  void isotonic_contradictingOrder_isPooledToItsMean() {
    // At 0.6 right twice of two, at 0.8 once of two: together three of four.
    Calibration calibration =
        Calibration.isotonic(
            List.of(
                observed(0.6, Preference.A),
                observed(0.6, Preference.A),
                observed(0.8, Preference.A),
                observed(0.8, Preference.B)));

    assertThat(calibration.apply(Probabilities.ofWeights(0.6, 0, 0.4)).a())
        .isCloseTo(0.75, within(1e-12));
    assertThat(calibration.apply(Probabilities.ofWeights(0.99, 0, 0.01)).a())
        .isCloseTo(0.75, within(1e-12));
    assertThat(calibration.apply(Probabilities.ofWeights(0.5, 0, 0.5)).a())
        .isCloseTo(0.5, within(1e-12));
  }

  @Test
  void isotonic_fewPairsAllRight_isNotCertain() {
    Calibration calibration =
        Calibration.isotonic(List.of(observed(0.9, Preference.A), observed(0.7, Preference.A)));

    assertThat(calibration.apply(Probabilities.ofWeights(1, 0, 0)).a())
        .isCloseTo(0.75, within(1e-12));
  }

  @Test
  void write_thenRead_givesTheSameCalibration(@TempDir Path directory) {
    Path file = directory.resolve("calibration.json");
    for (Calibration calibration :
        List.of(
            Calibration.temperature(observations(2, 50, true)),
            Calibration.isotonic(observations(2, 50, true)))) {
      calibration.write(file);
      assertThat(Calibration.read(file)).isEqualTo(calibration);
    }
  }

  @Test
  void read_somethingElse_isRefusedWithWhatIsKnown(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("c.json");
    Files.writeString(file, "{\"kind\":\"platt\"}");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Calibration.read(file))
        .withMessageContaining("platt")
        .withMessageContaining("isotonic");
    Files.writeString(file, "{\"kind\":\"temperature\",\"temperature\":-1}");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Calibration.read(file))
        .withMessageContaining(file.toString());
    JsonRecord falling =
        JsonRecord.parse(
            "{\"kind\":\"isotonic\",\"knots\":[{\"x\":0.1,\"y\":0.9},{\"x\":0.2,\"y\":0.1}]}");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> Calibration.of(falling))
        .withMessageContaining("rise");
  }

  @Test
  void fit_nothing_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Calibration.temperature(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> Calibration.isotonic(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> Reliability.of(List.of()));
  }

  @Test
  void reliability_knownBins_haveTheirFigures() {
    Reliability reliability =
        Reliability.of(
            List.of(
                observed(0.95, Preference.A),
                observed(0.95, Preference.B),
                observed(0.65, Preference.A),
                observed(0.35, Preference.B)));

    assertThat(reliability.bins()).hasSize(2);
    Reliability.Bin low = reliability.bins().get(0);
    assertThat(low.n()).isEqualTo(2);
    assertThat(low.accuracy()).isEqualTo(1);
    assertThat(low.confidence()).isCloseTo(0.65, within(1e-12));
    assertThat(reliability.accuracy()).isEqualTo(0.75);
    assertThat(reliability.expectedCalibrationError()).isCloseTo((0.35 + 0.45) / 2, within(1e-12));
    assertThat(reliability.brierScore())
        .isCloseTo(2 * (0.0025 + 0.9025 + 0.1225 + 0.1225) / 4, within(1e-12));
  }

  @Test
  void reliability_unsayableTie_isWrongAndEvenIsHalfRight() {
    assertThat(Reliability.of(List.of(observed(0.9, Preference.TIE))).accuracy()).isZero();
    assertThat(Reliability.of(List.of(observed(0.5, Preference.A))).accuracy()).isEqualTo(0.5);
  }

  @Test
  void reliability_sayable_leavesTiesOutThatTheJudgeNeverHoldsPossible() {
    Observation decided = observed(0.9, Preference.A);
    Observation tie = observed(0.9, Preference.TIE);
    Observation saying = new Observation(new Probabilities(0.2, 0.6, 0.2), Preference.TIE);

    assertThat(Reliability.ofSayable(List.of(decided, tie)))
        .contains(Reliability.of(List.of(decided)));
    assertThat(Reliability.ofSayable(List.of(decided, tie, saying)).orElseThrow().n()).isEqualTo(3);
    assertThat(Reliability.ofSayable(List.of(tie))).isEmpty();
  }

  @Test
  void calibratedJudge_correctsProbabilitiesAndKeepsTheVerdict() {
    Probabilities said = new Probabilities(0.9, 0, 0.1);
    Judge sure =
        c -> new Judgment(Verdict.decided(Preference.A), "because", List.of(), Optional.of(said));
    Judge judge = Judges.calibrated(sure, new TemperatureScaling(2));

    Judgment judgment = judge.compare("p", "a", "b");

    assertThat(judgment.verdict()).isEqualTo(Verdict.decided(Preference.A));
    assertThat(judgment.rationale()).isEqualTo("because");
    assertThat(judgment.probabilities().orElseThrow().a()).isCloseTo(0.75, within(1e-12));
    assertThat(judge).asString().contains("temperature", "2.0");
  }

  private static Observation observed(double a, Preference label) {
    return new Observation(Probabilities.ofWeights(a, 0, 1 - a), label);
  }
}
