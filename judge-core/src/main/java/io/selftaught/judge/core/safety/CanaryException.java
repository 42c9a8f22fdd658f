package io.selftaught.judge.core.safety;

import io.selftaught.judge.UnsoundJudgeException;

/** A judge gets canaries wrong. */
public final class CanaryException extends UnsoundJudgeException {

  private static final long serialVersionUID = 1L;

  private final transient CanaryReport report;

  CanaryException(String message, CanaryReport report) {
    super(message);
    this.report = report;
  }

  /** Returns how the judge did. */
  public CanaryReport report() {
    return report;
  }
}
