package io.selftaught.judge;

/**
 * The root of what this library throws beside argument errors. Its leaves say what to do next: fix
 * the input ({@link InvalidInputException}), shorten it ({@link ContextLengthException}), look at
 * the model ({@link ModelException}), raise the budget ({@link BudgetException}), look at the
 * training data and rates ({@link TrainingException}), or trust the judge no longer ({@link
 * UnsoundJudgeException}).
 */
public abstract class JudgeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  JudgeException(String message) {
    super(message);
  }

  JudgeException(String message, Throwable cause) {
    super(message, cause);
  }
}
