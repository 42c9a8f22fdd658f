package io.selftaught.judge.quickstart;

import io.selftaught.judge.LabeledInstruction;
import io.selftaught.judge.LabeledPair;
import io.selftaught.judge.Outcome;
import io.selftaught.judge.PairGenerator;
import java.util.SplittableRandom;

/**
 * The control of the experiment: pairs whose labels say nothing, because which answer is called the
 * better one is left to chance. A judge that still improves with these has learnt something else.
 */
record ShuffledLabels(PairGenerator generator) implements PairGenerator {

  @Override
  public Outcome<LabeledPair> generate(LabeledInstruction instruction, long seed) {
    Outcome<LabeledPair> made = generator.generate(instruction, seed);
    boolean exchanged = new SplittableRandom(seed).nextBoolean();
    return exchanged ? made.fold(pair -> Outcome.kept(exchanged(pair)), dropped -> made) : made;
  }

  private static LabeledPair exchanged(LabeledPair pair) {
    return new LabeledPair(
        pair.id(),
        pair.instruction(),
        /* chosen= */ pair.rejected(),
        /* rejected= */ pair.chosen(),
        pair.provenance());
  }
}
