package io.selftaught.judge.core.select;

import io.selftaught.judge.InstructionLabeler;
import io.selftaught.judge.InstructionLabelerContract;
import io.selftaught.judge.LanguageModel;

class ModelLabelerContractTest extends InstructionLabelerContract {

  @Override
  protected InstructionLabeler labeler(LanguageModel model) {
    return InstructionLabelers.byModel(model);
  }

  @Override
  protected String readableReply() {
    return " Mathematical reasoning\nComplexity: 6\nLength: 2 paragraphs";
  }
}
