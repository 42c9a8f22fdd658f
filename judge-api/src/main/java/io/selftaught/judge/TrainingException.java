package io.selftaught.judge;

/**
 * Training was stopped because going on would spoil the adapter: a loss that is not a number, or no
 * token to learn from.
 */
public final class TrainingException extends JudgeException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message for a person. */
  public TrainingException(String message) {
    super(message);
  }

  /** Creates the exception with a message for a person and what led to it. */
  public TrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
