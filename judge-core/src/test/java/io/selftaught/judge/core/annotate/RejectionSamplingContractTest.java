package io.selftaught.judge.core.annotate;

import io.selftaught.judge.JudgmentAnnotator;
import io.selftaught.judge.JudgmentAnnotatorContract;
import io.selftaught.judge.core.prompt.JudgePrompt;

class RejectionSamplingContractTest extends JudgmentAnnotatorContract {

  @Override
  protected JudgmentAnnotator annotator() {
    return RejectionSampling.builder(JudgePrompt.standard()).samples(3).build();
  }
}
