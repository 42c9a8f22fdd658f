package io.selftaught.judge.quickstart.world;

import io.selftaught.judge.Preference;
import java.util.SplittableRandom;

/**
 * A way to come to a verdict. The first word of a judgment tells its habit, and the verdict follows
 * from what the habit looks at, whether that is right or wrong.
 */
public enum Habit {
  /** Solves the task and looks for who says the same. */
  SOLVE {
    @Override
    Reasoning reason(Contest contest, SplittableRandom random) {
      Preference verdict = orCoin(contest.truth(), random);
      boolean seen = contest.right(contest.a()) || contest.right(contest.b());
      String text =
          "The answer is %s (%s).".formatted(contest.item().answer(), seen ? verdict : "none");
      return new Reasoning(text, verdict);
    }
  },
  /** Prefers the answer with more characters. */
  LENGTH {
    @Override
    Reasoning reason(Contest contest, SplittableRandom random) {
      return byMeasure(
          "By length, ", "longer", contest.a().length() - contest.b().length(), random);
    }
  },
  /** Prefers the answer that is polite. */
  TONE {
    @Override
    Reasoning reason(Contest contest, SplittableRandom random) {
      int lead = Boolean.compare(contest.a().dress().polite(), contest.b().dress().polite());
      return byMeasure("In tone, ", "kinder", lead, random);
    }
  },
  /** Prefers what is shown first. */
  POSITION {
    @Override
    Reasoning reason(Contest contest, SplittableRandom random) {
      return new Reasoning("Shown first, A wins.", Preference.A);
    }
  },
  /** Claims something, and gives no reason. */
  CLAIM {
    @Override
    Reasoning reason(Contest contest, SplittableRandom random) {
      Preference verdict = orCoin(Preference.TIE, random);
      return new Reasoning("Clearly, " + verdict + " is better.", verdict);
    }
  };

  /** Writes the judgment of a contest; chance decides only where the habit sees no difference. */
  abstract Reasoning reason(Contest contest, SplittableRandom random);

  private static Reasoning byMeasure(
      String opening, String more, int leadOfA, SplittableRandom random) {
    if (leadOfA == 0) {
      return new Reasoning(opening + "both are equal.", orCoin(Preference.TIE, random));
    }
    Preference verdict = leadOfA > 0 ? Preference.A : Preference.B;
    return new Reasoning(opening + verdict + " is " + more + ".", verdict);
  }

  private static Preference orCoin(Preference preference, SplittableRandom random) {
    if (preference != Preference.TIE) {
      return preference;
    }
    return random.nextBoolean() ? Preference.A : Preference.B;
  }
}
