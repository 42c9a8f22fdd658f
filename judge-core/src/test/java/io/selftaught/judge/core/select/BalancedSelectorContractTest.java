package io.selftaught.judge.core.select;

import io.selftaught.judge.InstructionSelector;
import io.selftaught.judge.InstructionSelectorContract;

class BalancedSelectorContractTest extends InstructionSelectorContract {

  @Override
  protected InstructionSelector selector() {
    return BalancedSelector.create();
  }
}
