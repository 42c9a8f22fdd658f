package io.selftaught.judge.quickstart.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.Generation;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.prompt.Letters;
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
        .isEqualTo("The answer is 17 (A).\n[[A]]");
    assertThat(reason(Habit.SOLVE, new Contest(SUM, WRONG_AND_LONG, RIGHT)).text())
        .isEqualTo("The answer is 17 (B).\n[[B]]");
  }

  @Test
  void solve_noneRight_saysSo() {
    Contest contest = new Contest(SUM, WRONG_AND_LONG, WRONG_AND_POLITE);
    assertThat(reason(Habit.SOLVE, contest).rationale()).isEqualTo("The answer is 17 (none).");
  }

  @Test
  void otherHabits_rightAnswerShortPlainAndLast_areWrong() {
    assertThat(reason(Habit.LENGTH, new Contest(SUM, WRONG_AND_LONG, RIGHT)).text())
        .isEqualTo("By length, A is longer.\n[[A]]");
    assertThat(reason(Habit.TONE, new Contest(SUM, WRONG_AND_POLITE, RIGHT)).text())
        .isEqualTo("In tone, A is kinder.\n[[A]]");
    assertThat(reason(Habit.POSITION, new Contest(SUM, WRONG_AND_LONG, RIGHT)).text())
        .isEqualTo("Shown first, A wins.\n[[A]]");
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
  void anyHabit_anyContest_isReadByTheLibrary(@ForAll Habit habit, @ForAll long seed) {
    Contest contest = draw(seed, c -> true);
    Reasoning reasoning = reason(habit, contest);
    JudgePrompt prompt = Forms.JUDGE;
    assertThat(prompt.parse(Generation.of(reasoning.text()), contest.comparison()))
        .isEqualTo(Verdict.decided(reasoning.verdict()));
    assertThat(prompt.rationale(reasoning.text()))
        .isEqualTo(reasoning.rationale())
        .hasSizeLessThan(120);
  }

  @Property
  void anyHabit_orderExchanged_namesTheSameAnswersAfterTheLettersDo(@ForAll long seed) {
    Contest contest = draw(seed, c -> c.truth() != Preference.TIE);
    Contest swapped = new Contest(contest.item(), contest.b(), contest.a());
    for (Habit habit : Set.of(Habit.LENGTH, Habit.TONE)) {
      assertThat(Letters.swap(reason(habit, swapped).rationale()))
          .isEqualTo(reason(habit, contest).rationale());
    }
    assertThat(Letters.swap(reason(Habit.POSITION, contest).rationale()))
        .isEqualTo("Shown first, B wins.");
    assertThat(Letters.swap("Clearly, A is better.")).isEqualTo("Clearly, B is better.");
    assertThat(Letters.swap("The answer is 17 (A).")).isEqualTo("The answer is 17 (B).");
  }

  private static boolean polite(Answer answer) {
    return answer.text().startsWith("Sure!") || answer.text().startsWith("Glad to help!");
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
