package io.selftaught.judge.quickstart.world;

import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.prompt.Template;
import java.util.Map;

/**
 * The words in which its jobs are put to the micro model, as few as tell them apart. Base training
 * and self-training must use the same, or the model does not know what is meant.
 */
public final class Forms {

  /** Asks for another instruction like this one. */
  public static final String RELATED = "Write a task like this: {instruction}";

  /** Asks for category, complexity and length. */
  public static final String LABEL = "Label this task: {instruction}";

  /**
   * Asks which of two answers is better. A letter follows its answer, so that a model which quotes
   * an answer and goes on copying comes to the letter.
   */
  public static final JudgePrompt JUDGE =
      JudgePrompt.builder("micro", "Which answer is better?\nTask: {prompt}\n- {a} (A)\n- {b} (B)")
          .build();

  /** Asks who is right, in a quiz: the skill on which one habit of judging rests. */
  static final JudgePrompt QUIZ =
      JudgePrompt.builder("quiz", "Who is right?\nTask: {prompt}\n- {a} (A)\n- {b} (B)").build();

  private Forms() {}

  /** Returns a form filled in. */
  static String of(String form, String instruction) {
    return Template.of(form).fill(Map.of("instruction", instruction));
  }
}
