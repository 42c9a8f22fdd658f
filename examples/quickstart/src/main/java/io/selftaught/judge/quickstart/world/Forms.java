package io.selftaught.judge.quickstart.world;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
import java.util.List;

/**
 * The words in which each of its four jobs is put to the model. Base training and self-training
 * must use the same forms, or the model does not know what is meant.
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

  /** Returns forms of a few words each, short enough for a context of 128 tokens. */
  static Forms brief() {
    return new BriefForms();
  }
}
