package io.selftaught.judge;

/** A conversation leaves no room for an answer in the model's context. Nothing is ever cut. */
public final class ContextLengthException extends InvalidInputException {

  private static final long serialVersionUID = 1L;

  private final int promptTokens;
  private final int contextTokens;

  /** Creates the exception for a prompt of so many tokens in a context of so many. */
  public ContextLengthException(int promptTokens, int contextTokens) {
    super(
        "The prompt has %d tokens and the context holds %d: shorten the prompt or take a model with a longer context"
            .formatted(promptTokens, contextTokens));
    this.promptTokens = promptTokens;
    this.contextTokens = contextTokens;
  }

  /** Returns the length of the prompt. */
  public int promptTokens() {
    return promptTokens;
  }

  /** Returns the length of the context. */
  public int contextTokens() {
    return contextTokens;
  }
}
