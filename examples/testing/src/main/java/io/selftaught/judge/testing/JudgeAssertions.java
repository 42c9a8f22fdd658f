package io.selftaught.judge.testing;

/**
 * Assertions about answers, in the style of AssertJ.
 *
 * <pre>{@code
 * assertThatAnswer(answer).to("Name a river.").isPreferredOver(baseline).by(judge);
 * }</pre>
 */
public final class JudgeAssertions {

  private JudgeAssertions() {}

  /** Begins an assertion about an answer. */
  public static AnswerAssert assertThatAnswer(String answer) {
    return new AnswerAssert(answer);
  }
}
