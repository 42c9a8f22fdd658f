package io.selftaught.judge.core.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.JudgeExecutor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingTest {

  /** Prefers the longer answer. */
  private static final Judge LONGER =
      c -> {
        int difference = Integer.compare(c.a().length(), c.b().length());
        return Judgment.of(
            Verdict.decided(
                difference == 0 ? Preference.TIE : difference > 0 ? Preference.A : Preference.B));
      };

  @Test
  void fit_randomGames_isWhereTheLikelihoodIsLevel() {
    Random random = new Random(3);
    List<Game> games = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int a = random.nextInt(6);
      int b = (a + 1 + random.nextInt(5)) % 6;
      games.add(new Game(a, b, Preference.values()[random.nextInt(3)]));
    }
    List<Strength> strengths = BradleyTerry.fit(6, games);

    for (int i = 0; i < 6; i++) {
      double expected = expected(strengths.get(i).value(), 0);
      double points = 0.5;
      for (Game game : games) {
        if (game.a() == i || game.b() == i) {
          int other = game.a() + game.b() - i;
          expected += expected(strengths.get(i).value(), strengths.get(other).value());
          points += game.a() == i ? game.pointsOfA() : 1 - game.pointsOfA();
        }
      }
      assertThat(expected).isCloseTo(points, within(1e-8));
    }
  }

  private static double expected(double one, double other) {
    return 1 / (1 + Math.exp(other - one));
  }

  @Test
  void fit_manyGamesOfKnownStrengths_findsThemWithinTheIntervals() {
    double[] truth = {1, 0.3, -0.4, -0.9};
    Random random = new Random(11);
    List<Game> games = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      int a = random.nextInt(4);
      int b = (a + 1 + random.nextInt(3)) % 4;
      boolean won = random.nextDouble() < expected(truth[a], truth[b]);
      games.add(new Game(a, b, won ? Preference.A : Preference.B));
    }
    List<Strength> strengths = BradleyTerry.fit(4, games);

    for (int i = 1; i < 4; i++) {
      assertThat(strengths.get(i).value() - strengths.get(0).value())
          .isCloseTo(truth[i] - truth[0], within(0.15));
    }
    assertThat(strengths.get(0).low()).isLessThan(strengths.get(0).value());
  }

  @Test
  void fit_noGame_isTheMiddleWithAWideInterval() {
    Strength strength = BradleyTerry.fit(1, List.of()).get(0);

    // The curvature of the one assumed game is 1/4, so the standard error is 2.
    assertThat(strength.value()).isCloseTo(0, within(1e-9));
    assertThat(strength.high()).isCloseTo(3.919927969, within(1e-6));
  }

  @Test
  void fit_allWon_isFiniteAndMoreGamesAreNarrower() {
    Strength once = BradleyTerry.fit(2, List.of(new Game(0, 1, Preference.A))).get(0);
    Strength often =
        BradleyTerry.fit(2, Collections.nCopies(50, new Game(0, 1, Preference.A))).get(0);

    assertThat(once.value()).isPositive().isFinite();
    assertThat(often.value()).isGreaterThan(once.value()).isFinite();
    Strength even = BradleyTerry.fit(2, List.of(new Game(0, 1, Preference.TIE))).get(0);
    assertThat(even.value()).isCloseTo(0, within(1e-9));
    assertThat(new Strength(Math.log(10), 0, 3).elo()).isCloseTo(400, within(1e-9));
  }

  @Test
  void of_candidates_areOrderedWithTheirGames() {
    Ranking ranking = Ranking.of(LONGER, "p", List.of("bb", "dddd", "", "eeee"));

    assertThat(ranking.places()).extracting(Ranking.Place::candidate).containsExactly(1, 3, 0, 2);
    assertThat(ranking.best()).isEqualTo(1);
    assertThat(ranking.places().get(0))
        .extracting(Ranking.Place::wins, Ranking.Place::ties, Ranking.Place::losses)
        .containsExactly(2, 1, 0);
    assertThat(ranking.undecided()).isZero();
  }

  @Test
  void of_executor_givesTheSame() {
    List<String> candidates = List.of("bb", "dddd", "", "ccc", "eeeee", "f");
    try (JudgeExecutor executor = JudgeExecutor.builder(LONGER).build()) {
      assertThat(Ranking.of(executor, "p", candidates))
          .isEqualTo(Ranking.of(LONGER, "p", candidates));
    }
  }

  @Test
  void of_undecidedComparisons_countForNobody() {
    Judge failing = c -> Judgment.of(Verdict.undecided(Cause.FAILED));

    Ranking ranking = Ranking.of(failing, "p", List.of("x", "y", "z"));

    assertThat(ranking.undecided()).isEqualTo(3);
    assertThat(ranking.places())
        .allSatisfy(place -> assertThat(place.strength().value()).isCloseTo(0, within(1e-9)));
  }

  @Test
  void senselessArguments_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Ranking.of(LONGER, "p", List.of("one")));
    assertThatIllegalArgumentException().isThrownBy(() -> new Game(1, 1, Preference.A));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BradleyTerry.fit(2, List.of(new Game(0, 2, Preference.A))));
    assertThatIllegalArgumentException().isThrownBy(() -> BradleyTerry.fit(0, List.of()));
  }
}
