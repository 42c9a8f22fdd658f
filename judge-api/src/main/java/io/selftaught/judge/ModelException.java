package io.selftaught.judge;

/** A language model could not do its work; the same call may succeed later. */
public final class ModelException extends JudgeException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message for a person. */
  public ModelException(String message) {
    super(message);
  }

  /** Creates the exception with a message for a person and what led to it. */
  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
