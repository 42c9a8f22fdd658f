package io.selftaught.judge.quickstart.world;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * A task before it is worded.
 *
 * @param key see {@link Item#key()}
 * @param parts what fills the places of a wording, in the order of {@code %1$s}, {@code %2$s}, …
 * @param answer the right answer
 */
record Problem(String key, List<String> parts, String answer) {

  /** Returns a problem in which the order of what it is about matters. */
  static Problem of(String answer, String... parts) {
    return new Problem(String.join("|", parts), List.of(parts), answer);
  }

  /** Returns a problem that stays the same item when the operands change places. */
  static Problem unordered(String answer, List<String> operands, String... parts) {
    String key = operands.stream().sorted().collect(Collectors.joining("|"));
    return new Problem(key, List.of(parts), answer);
  }

  /** Where problems come from. */
  @FunctionalInterface
  interface Source {
    Problem draw(SplittableRandom random);
  }
}
