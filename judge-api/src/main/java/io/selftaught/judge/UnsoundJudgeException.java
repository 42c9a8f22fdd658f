package io.selftaught.judge;

/**
 * A judge gets wrong what nobody can doubt, so that its other verdicts are worth no more: look at
 * the prompt, the model, and the answers for an attack. Extended by whoever checks judges and can
 * say more about what came out wrong.
 */
public abstract class UnsoundJudgeException extends JudgeException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message for a person. */
  protected UnsoundJudgeException(String message) {
    super(message);
  }
}
