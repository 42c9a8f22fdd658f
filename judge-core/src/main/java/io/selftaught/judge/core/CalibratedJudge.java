package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.core.calibrate.Calibration;

/** Corrects how sure a judge is. */
final class CalibratedJudge implements Judge {

  private final Judge judge;
  private final Calibration calibration;

  CalibratedJudge(Judge judge, Calibration calibration) {
    this.judge = requireNonNull(judge, "judge");
    this.calibration = requireNonNull(calibration, "calibration");
  }

  @Override
  public Judgment compare(Comparison comparison) {
    Judgment judgment = judge.compare(comparison);
    return new Judgment(
        judgment.verdict(),
        judgment.rationale(),
        judgment.traces(),
        judgment.probabilities().map(calibration::apply));
  }

  @Override
  public void close() {
    judge.close();
  }

  @Override
  public String toString() {
    return "calibrated(" + judge + ", " + calibration.toJson() + ")";
  }
}
