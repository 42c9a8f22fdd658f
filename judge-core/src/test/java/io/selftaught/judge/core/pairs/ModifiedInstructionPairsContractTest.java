package io.selftaught.judge.core.pairs;

import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.PairGenerator;
import io.selftaught.judge.PairGeneratorContract;
import io.selftaught.judge.ScriptedModel;

class ModifiedInstructionPairsContractTest extends PairGeneratorContract {

  @Override
  protected PairGenerator generator(LanguageModel model) {
    return ModifiedInstructionPairs.builder(model).build();
  }

  @Override
  protected LanguageModel productiveModel() {
    return ScriptedModel.rambling();
  }
}
