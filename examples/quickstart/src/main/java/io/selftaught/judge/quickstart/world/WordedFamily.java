package io.selftaught.judge.quickstart.world;

import io.selftaught.judge.InstructionLabels;
import io.selftaught.judge.InstructionLabels.Category;
import io.selftaught.judge.InstructionLabels.ExpectedLength;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** A family made of a source of problems and of format strings that word them. */
final class WordedFamily implements Family {

  private final String name;
  private final InstructionLabels labels;
  private final Problem.Source problems;
  private final List<String> wordings;

  private WordedFamily(
      String name, InstructionLabels labels, Problem.Source problems, List<String> wordings) {
    this.name = name;
    this.labels = labels;
    this.problems = problems;
    this.wordings = wordings;
  }

  /** Starts a family: what is asked for follows, and then how. */
  static Unworded named(String name, Category category, int complexity, Problem.Source problems) {
    InstructionLabels labels =
        new InstructionLabels(category, complexity, ExpectedLength.ONE_SENTENCE);
    return wordings -> new WordedFamily(name, labels, problems, List.of(wordings));
  }

  /** A family that still needs its wordings. */
  @FunctionalInterface
  interface Unworded {
    Family worded(String... wordings);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public InstructionLabels labels() {
    return labels;
  }

  @Override
  public Item draw(SplittableRandom random) {
    Problem problem = problems.draw(random);
    String wording = Draw.oneOf(wordings, random);
    String instruction = String.format(Locale.ROOT, wording, problem.parts().toArray());
    return new Item(name, problem.key(), instruction, problem.answer());
  }

  @Override
  public String toString() {
    return name;
  }
}
