package io.selftaught.judge;

/** What may be spent is spent: the model was not asked. Raise the budget to go on. */
public final class BudgetException extends JudgeException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message for a person. */
  public BudgetException(String message) {
    super(message);
  }
}
