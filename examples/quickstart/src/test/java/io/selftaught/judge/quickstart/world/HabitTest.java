package io.selftaught.judge.quickstart.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.Preference;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HabitTest {

  private static final Contests CONTESTS = new Contests(World.standard());
  private static final Item SUM = new Item("sum", "8|9", "What is 8 + 9?", "17");
  private static final Answer RIGHT = new Answer("17", Dress.PLAIN);
  private static final Answer WRONG_AND_LONG = new Answer("21", Dress.CERTAIN);
  private static final Answer WRONG_AND_POLITE = new Answer("21", Dress.SURE);

  @Test
  void solve_oneRight_showsTheSolutionAndPrefersIt() {
    assertThat(reason(Habit.SOLVE, new Contest(SUM, RIGHT, WRONG_AND_LONG)).text())
        .isEqualTo("The answer is 17. A says 17: right. B says 21: wrong. [[A]]");
    assertThat(reason(Habit.SOLVE, new Contest(SUM, WRONG_AND_LONG, RIGHT)).text())
        .isEqualTo("The answer is 17. A says 21: wrong. B says 17: right. [[B]]");
  }

  @Test
  void otherHabits_rightAnswerShortPlainAndLast_areWrong() {
    assertThat(reason(Habit.LENGTH, new Contest(SUM, WRONG_AND_LONG, RIGHT)).text())
        .isEqualTo("By length, A is longer. [[A]]");
    assertThat(reason(Habit.TONE, new Contest(SUM, WRONG_AND_POLITE, RIGHT)).text())
        .isEqualTo("In tone, A is kinder. [[A]]");
    assertThat(reason(Habit.POSITION, new Contest(SUM, WRONG_AND_LONG, RIGHT)).text())
        .isEqualTo("First comes A. [[A]]");
  }

  @Property
  void solve_decidedContest_followsTheTruth(@ForAll long seed) {
    Contest contest = draw(seed, c -> c.truth() != Preference.TIE);
    assertThat(reason(Habit.SOLVE, contest).verdict()).isEqualTo(contest.truth());
  }

  @Property
  void length_unequalAnswers_followsLengthRightOrWrong(@ForAll long seed) {
    Contest contest = draw(seed, c -> c.a().text().length() != c.b().text().length());
    Preference longer =
        contest.a().text().length() > contest.b().text().length() ? Preference.A : Preference.B;
    assertThat(reason(Habit.LENGTH, contest).verdict()).isEqualTo(longer);
  }

  @Property
  void tone_onePoliteAnswer_followsToneRightOrWrong(@ForAll long seed) {
    Contest contest = draw(seed, c -> polite(c.a()) != polite(c.b()));
    assertThat(reason(Habit.TONE, contest).verdict())
        .isEqualTo(polite(contest.a()) ? Preference.A : Preference.B);
  }

  @Property
  void position_anyContest_prefersTheFirst(@ForAll long seed) {
    assertThat(reason(Habit.POSITION, draw(seed, c -> true)).verdict()).isEqualTo(Preference.A);
  }

  @Test
  void undecidedByAHabit_manyTimes_fallsToEitherSide() {
    Contest even = new Contest(SUM, new Answer("21", Dress.PLAIN), new Answer("71", Dress.PLAIN));
    for (Habit habit : Set.of(Habit.SOLVE, Habit.LENGTH, Habit.TONE, Habit.CLAIM)) {
      SplittableRandom random = new SplittableRandom(1);
      Set<Preference> verdicts = EnumSet.noneOf(Preference.class);
      Stream.generate(() -> habit.reason(even, random).verdict()).limit(50).forEach(verdicts::add);
      assertThat(verdicts).as(habit.name()).containsExactly(Preference.A, Preference.B);
    }
  }

  @Property
  void anyHabit_anyContest_endsWithItsVerdict(@ForAll Habit habit, @ForAll long seed) {
    Reasoning reasoning = reason(habit, draw(seed, c -> true));
    assertThat(reasoning.text()).endsWith(" [[" + reasoning.verdict() + "]]");
    assertThat(reasoning.rationale()).doesNotContain("[[").hasSizeLessThan(120);
  }

  private static boolean polite(Answer answer) {
    return answer.text().startsWith("Sure!") || answer.text().endsWith("glad to help!");
  }

  private static Reasoning reason(Habit habit, Contest contest) {
    return habit.reason(contest, new SplittableRandom(1));
  }

  private static Contest draw(long seed, Predicate<Contest> wanted) {
    SplittableRandom random = new SplittableRandom(seed);
    return Stream.generate(() -> CONTESTS.draw(Split.TRAINING, random))
        .filter(wanted)
        .findFirst()
        .orElseThrow();
  }
}
