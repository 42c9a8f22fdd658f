package io.selftaught.judge.quickstart.world;

import io.selftaught.judge.InstructionLabels;
import java.util.SplittableRandom;

/** A kind of task with many items, each of which can be worded in several ways. Immutable. */
public interface Family {

  /** Returns the name, unique in its world. */
  String name();

  /** Returns how an annotator would label any instruction of this family. */
  InstructionLabels labels();

  /** Draws an item and a wording for it. */
  Item draw(SplittableRandom random);
}
