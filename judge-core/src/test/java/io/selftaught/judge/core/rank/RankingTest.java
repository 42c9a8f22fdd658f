package io.selftaught.judge.core.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.GoldenFile;
import io.selftaught.judge.core.JudgeExecutor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RankingTest {

  private static final double NORMAL_95 = 1.959963984540054;

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

    assertThat(strengths.stream().mapToDouble(Strength::value).sum()).isCloseTo(0, within(1e-9));
    double middle = middle(strengths);
    for (int i = 0; i < 6; i++) {
      double expected = expected(strengths.get(i).value(), middle);
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

  /**
   * Returns the strength of the one that each has also met once, for half a point: where all of
   * them together expect half of these points.
   */
  private static double middle(List<Strength> strengths) {
    double low = -20;
    double high = 20;
    while (high - low > 1e-13) {
      double middle = (low + high) / 2;
      double points = strengths.stream().mapToDouble(s -> expected(s.value(), middle)).sum();
      if (points > strengths.size() / 2.0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
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
  void fit_noGame_isTheMeanWithAWideInterval() {
    Strength strength = BradleyTerry.fit(2, List.of()).get(0);

    // The curvature of an assumed game is 1/4, so the variance of a difference is 8, of half 2.
    assertThat(strength.value()).isCloseTo(0, within(1e-9));
    assertThat(strength.high()).isCloseTo(NORMAL_95 * Math.sqrt(2), within(1e-9));
    assertThat(BradleyTerry.fit(1, List.of())).containsExactly(new Strength(0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1_000, 100_000})
  void fit_evenGamesOfTwo_haveTheIntervalOfTheClosedForm(int games) {
    Strength strength =
        BradleyTerry.fit(2, Collections.nCopies(games, new Game(0, 1, Preference.TIE))).get(0);

    // The difference has the curvature games/4 + 1/8: two assumed games of 1/4, in series.
    assertThat(strength.value()).isCloseTo(0, within(1e-9));
    assertThat(strength.high()).isCloseTo(NORMAL_95 / Math.sqrt(games + 0.5), within(1e-9));
    assertThat(strength.low()).isEqualTo(-strength.high());
  }

  @Test
  void fit_fourTimesTheGames_haveHalfTheWidth() {
    List<Strength> some = BradleyTerry.fit(3, repeated(100));
    List<Strength> more = BradleyTerry.fit(3, repeated(400));

    for (int i = 0; i < 3; i++) {
      assertThat(width(more.get(i)) / width(some.get(i))).isCloseTo(0.5, within(0.005));
    }
  }

  private static List<Game> repeated(int times) {
    List<Game> games = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      games.add(new Game(0, 1, Preference.A));
      games.add(new Game(1, 2, Preference.A));
      games.add(new Game(2, 0, i % 3 == 0 ? Preference.A : Preference.B));
      games.add(new Game(1, 0, i % 4 == 0 ? Preference.A : Preference.TIE));
      games.add(new Game(2, 1, Preference.A));
    }
    return games;
  }

  private static double width(Strength strength) {
    return strength.high() - strength.low();
  }

  /** The golden file is made by {@code src/test/python/rank_reference.py}. */
  @ParameterizedTest
  @MethodSource("golden")
  void fit_goldenGames_equalTheReference(String line) {
    String[] columns = line.split(",");
    List<Game> games = Arrays.stream(columns[1].split(" ")).flatMap(RankingTest::games).toList();

    List<Strength> strengths = BradleyTerry.fit(Integer.parseInt(columns[0]), games);

    check(columns[2], strengths, Strength::value);
    check(columns[3], strengths, Strength::low);
    check(columns[4], strengths, Strength::high);
  }

  static Stream<String> golden() throws IOException {
    return GoldenFile.lines(RankingTest.class, "bradley-terry.csv");
  }

  /** Reads the games of two: their indexes, then how many the first won, shared and lost. */
  private static Stream<Game> games(String text) {
    int[] numbers = Arrays.stream(text.split(":")).mapToInt(Integer::parseInt).toArray();
    List<Preference> results = List.of(Preference.A, Preference.TIE, Preference.B);
    List<Game> games = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      games.addAll(
          Collections.nCopies(numbers[2 + i], new Game(numbers[0], numbers[1], results.get(i))));
    }
    return games.stream();
  }

  private static void check(
      String expected, List<Strength> strengths, ToDoubleFunction<Strength> figure) {
    double[] values = Arrays.stream(expected.split(" ")).mapToDouble(Double::parseDouble).toArray();
    assertThat(strengths.stream().mapToDouble(figure).toArray())
        .containsExactly(values, within(1e-9));
  }

  @Test
  void fit_allWon_isFinite() {
    Strength once = BradleyTerry.fit(2, List.of(new Game(0, 1, Preference.A))).get(0);
    Strength often =
        BradleyTerry.fit(2, Collections.nCopies(50, new Game(0, 1, Preference.A))).get(0);

    assertThat(once.value()).isPositive().isFinite();
    assertThat(often.value()).isGreaterThan(once.value()).isFinite();
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
