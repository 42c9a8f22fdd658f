package io.selftaught.judge.quickstart.world;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Instruction;
import io.selftaught.judge.InstructionLabels;
import io.selftaught.judge.InstructionLabels.Category;
import io.selftaught.judge.InstructionLabels.ExpectedLength;
import io.selftaught.judge.LabeledInstruction;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.core.pairs.ModifiedInstructionPairs;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.select.ModelLabeler;
import java.util.ArrayList;
import java.util.List;

/**
 * What the library's stages really say, overheard: each is run with a model that only listens. So
 * base training never falls behind a prompt that has changed.
 */
final class LibraryForms implements Forms {

  private final JudgePrompt judgePrompt;

  LibraryForms(JudgePrompt judgePrompt) {
    this.judgePrompt = judgePrompt;
  }

  @Override
  public List<ChatMessage> answer(String instruction) {
    return pairing(instruction).get(1);
  }

  @Override
  public List<ChatMessage> related(String instruction) {
    return pairing(instruction).get(0);
  }

  @Override
  public List<ChatMessage> label(String instruction) {
    Listener listener = new Listener();
    ModelLabeler.builder(listener).build().label(unnamed(instruction), 0);
    return listener.heard.get(0);
  }

  @Override
  public List<ChatMessage> judge(Comparison comparison) {
    return judgePrompt.render(comparison);
  }

  /** Overhears the making of a pair: it asks for another instruction, then for an answer. */
  private static List<List<ChatMessage>> pairing(String instruction) {
    Listener listener = new Listener();
    InstructionLabels any = new InstructionLabels(Category.OTHER, 1, ExpectedLength.ONE_SENTENCE);
    ModifiedInstructionPairs.builder(listener)
        .build()
        .generate(new LabeledInstruction(unnamed(instruction), any), 0);
    return listener.heard;
  }

  private static Instruction unnamed(String text) {
    return new Instruction("overheard", text, "");
  }

  private static final class Listener implements LanguageModel {
    private final List<List<ChatMessage>> heard = new ArrayList<>();

    @Override
    public List<Generation> generate(List<ChatMessage> messages, GenerationConfig config) {
      heard.add(List.copyOf(messages));
      return List.of(Generation.of("Reply number " + heard.size()));
    }
  }
}
