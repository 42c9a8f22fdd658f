package io.selftaught.judge.core.rank;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import io.selftaught.judge.core.JudgeExecutor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The order among several answers to one prompt.
 *
 * @param places the candidates, the strongest first; of equally strong ones the earlier
 * @param undecided the comparisons without a preference, which count for nobody
 */
public record Ranking(List<Place> places, int undecided) {

  public Ranking {
    places = List.copyOf(places);
  }

  /**
   * Compares every candidate with every other, one comparison after the other.
   *
   * @throws IllegalArgumentException if {@code prompt} is blank or there are fewer than two
   *     candidates
   */
  public static Ranking of(Judge judge, String prompt, List<String> candidates) {
    return compareAll(comparisons -> comparisons.map(judge::compare), prompt, candidates);
  }

  /** Compares every candidate with every other, several at once. */
  public static Ranking of(JudgeExecutor executor, String prompt, List<String> candidates) {
    return compareAll(executor::compareAll, prompt, candidates);
  }

  private static Ranking compareAll(
      Function<Stream<Comparison>, Stream<Judgment>> judge,
      String prompt,
      List<String> candidates) {
    if (candidates.size() < 2) {
      throw new IllegalArgumentException(
          "candidates must be at least 2, were " + candidates.size());
    }
    List<Pairing> pairings = pairings(candidates.size());
    Stream<Comparison> comparisons =
        pairings.stream()
            .map(p -> Comparison.of(prompt, candidates.get(p.a()), candidates.get(p.b())));
    List<Judgment> judgments;
    try (Stream<Judgment> stream = judge.apply(comparisons)) {
      judgments = stream.toList();
    }
    List<Game> games = new ArrayList<>();
    for (int i = 0; i < pairings.size(); i++) {
      Pairing pairing = pairings.get(i);
      judgments
          .get(i)
          .verdict()
          .preference()
          .ifPresent(preference -> games.add(new Game(pairing.a(), pairing.b(), preference)));
    }
    return rank(candidates.size(), games, pairings.size() - games.size());
  }

  private static Ranking rank(int candidates, List<Game> games, int undecided) {
    List<Strength> strengths = BradleyTerry.fit(candidates, games);
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < candidates; i++) {
      int candidate = i;
      places.add(
          new Place(
              i,
              strengths.get(i),
              count(games, game -> winner(game) == candidate),
              count(games, g -> winner(g) < 0 && (g.a() == candidate || g.b() == candidate)),
              count(games, game -> loser(game) == candidate)));
    }
    places.sort(Comparator.comparingDouble(Ranking::standing));
    return new Ranking(places, undecided);
  }

  /** Rounded to what the fit is sure of, so that equal strengths are equal. */
  private static double standing(Place place) {
    return -Math.rint(place.strength().value() * 1e6);
  }

  private static int count(List<Game> games, Predicate<Game> condition) {
    return (int) games.stream().filter(condition).count();
  }

  private static int winner(Game game) {
    return game.preferred() == Preference.TIE
        ? -1
        : game.preferred() == Preference.A ? game.a() : game.b();
  }

  private static int loser(Game game) {
    return winner(game) < 0 ? -1 : game.a() + game.b() - winner(game);
  }

  /** Every pair once; which comes first alternates, so that no candidate always does. */
  private static List<Pairing> pairings(int candidates) {
    List<Pairing> pairings = new ArrayList<>();
    for (int i = 0; i < candidates; i++) {
      for (int j = i + 1; j < candidates; j++) {
        pairings.add((i + j) % 2 == 1 ? new Pairing(i, j) : new Pairing(j, i));
      }
    }
    return pairings;
  }

  /** Returns the index of the strongest candidate. */
  public int best() {
    return places.get(0).candidate();
  }

  private record Pairing(int a, int b) {}

  /**
   * One candidate.
   *
   * @param candidate its index in the list that was ranked
   * @param strength how strong it is, with an interval
   * @param wins the comparisons that it won
   * @param ties those in which both were equally good
   * @param losses those that it lost
   */
  public record Place(int candidate, Strength strength, int wins, int ties, int losses) {}
}
