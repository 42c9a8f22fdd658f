package io.selftaught.judge.core.safety;

import io.selftaught.judge.InvalidInputException;

/**
 * A judge gets comparisons wrong that nobody can doubt. Its other verdicts are worth no more: look
 * at the prompt, the model, and the answers for an attack.
 */
public final class CanaryException extends InvalidInputException {

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
