package io.selftaught.judge;

/**
 * A file or value that was handed in cannot be used; the message names it and the remedy. Extended
 * only where a caller can do more than report it.
 */
public class InvalidInputException extends JudgeException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message for a person. */
  public InvalidInputException(String message) {
    super(message);
  }

  /** Creates the exception with a message for a person and what led to it. */
  public InvalidInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
