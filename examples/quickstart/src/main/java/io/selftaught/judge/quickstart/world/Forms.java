package io.selftaught.judge.quickstart.world;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.core.prompt.JudgePrompt;
import java.util.List;

/**
 * The words in which each of its four jobs is put to the model. Base training and self-training
 * must use the same forms, or the model does not know what is meant. Where a form ends with a
 * message of the assistant, that is the beginning of the reply.
 */
public interface Forms {

  /** Asks for an answer. */
  List<ChatMessage> answer(String instruction);

  /** Asks for another instruction like this one. */
  List<ChatMessage> related(String instruction);

  /** Asks for category, complexity and length. */
  List<ChatMessage> label(String instruction);

  /** Asks which of two answers is better. */
  List<ChatMessage> judge(Comparison comparison);

  /** Returns the judge prompt of the micro model: as few words as tell the job. */
  static JudgePrompt judgePrompt() {
    return JudgePrompt.builder("micro", "Which answer is better?\nTask: {prompt}\nA: {a}\nB: {b}")
        .build();
  }

  /** Returns forms of a few words each, for stages that are told to use them. */
  static Forms brief() {
    return new BriefForms();
  }

  /** Returns the forms that the library's own stages use, with this prompt for judging. */
  static Forms ofLibrary(JudgePrompt judgePrompt) {
    return new LibraryForms(judgePrompt);
  }
}
