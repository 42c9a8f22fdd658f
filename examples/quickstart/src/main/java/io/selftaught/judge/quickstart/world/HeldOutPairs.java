package io.selftaught.judge.quickstart.world;

import io.selftaught.judge.Preference;
import io.selftaught.judge.core.eval.LabeledComparison;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws labelled pairs on which neither position nor length helps: the right answer is as often a
 * as b and, in either place, as often the longer as the shorter as the equally long one.
 */
public final class HeldOutPairs {

  private HeldOutPairs() {}

  /** A cell of the balance. */
  private record Cell(Preference preferred, int lengthLead) {

    static final List<Cell> ALL =
        List.of(
            new Cell(Preference.A, 1),
            new Cell(Preference.B, 1),
            new Cell(Preference.A, -1),
            new Cell(Preference.B, -1),
            new Cell(Preference.A, 0),
            new Cell(Preference.B, 0));

    static Cell of(Contest contest) {
      int leadOfA = Integer.signum(contest.a().length() - contest.b().length());
      Preference truth = contest.truth();
      return new Cell(truth, truth == Preference.A ? leadOfA : -leadOfA);
    }
  }

  /**
   * Returns pairs about held-out items, no two the same; the category is the family.
   *
   * @param size how many; the balance is exact where it is a multiple of six
   */
  public static List<LabeledComparison> draw(World world, int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Contests contests = new Contests(world);
    Set<Contest> drawn = new HashSet<>();
    List<Contest> chosen = new ArrayList<>(size);
    while (chosen.size() < size) {
      Contest contest = contests.drawDecided(Split.HELD_OUT, random);
      Cell wanted = Cell.ALL.get(chosen.size() % Cell.ALL.size());
      if (Cell.of(contest).equals(wanted) && drawn.add(contest)) {
        chosen.add(contest);
      }
    }
    return numbered(Draw.shuffled(chosen, random));
  }

  private static List<LabeledComparison> numbered(List<Contest> contests) {
    List<LabeledComparison> pairs = new ArrayList<>(contests.size());
    for (Contest contest : contests) {
      pairs.add(
          new LabeledComparison(
              "held-out-" + (pairs.size() + 1),
              "quickstart",
              contest.item().family(),
              contest.comparison(),
              contest.truth()));
    }
    return List.copyOf(pairs);
  }
}
