package io.selftaught.judge.core.prompt;

import io.selftaught.judge.Preference;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes one verdict of several on the same comparison. */
public final class Majority {

  private Majority() {}

  /**
   * Returns the preference with the most votes.
   *
   * <p>Undecided votes count for nobody. If two preferences lead alike, the verdict is {@link
   * Cause#INCONSISTENT}; if no vote is decided, it is the most frequent cause, and of equally
   * frequent ones the last in the order of {@link Cause}.
   *
   * @throws IllegalArgumentException if there is no vote
   */
  public static Verdict of(Collection<Verdict> votes) {
    if (votes.isEmpty()) {
      throw new IllegalArgumentException("votes must not be empty");
    }
    Map<Preference, Integer> preferences = new EnumMap<>(Preference.class);
    Map<Cause, Integer> causes = new EnumMap<>(Cause.class);
    for (Verdict vote : votes) {
      vote.preference().ifPresent(preference -> preferences.merge(preference, 1, Integer::sum));
      vote.cause().ifPresent(cause -> causes.merge(cause, 1, Integer::sum));
    }
    if (preferences.isEmpty()) {
      return Verdict.undecided(
          leaders(causes).stream().max(Comparator.naturalOrder()).orElseThrow());
    }
    List<Preference> leaders = leaders(preferences);
    return leaders.size() == 1
        ? Verdict.decided(leaders.get(0))
        : Verdict.undecided(Cause.INCONSISTENT);
  }

  /**
   * Returns how likely votes make each preference: by the rule of succession (Laplace), as if each
   * possible one had one vote more, for a few votes prove nothing. Undecided votes count for
   * nobody; if none is decided, there is nothing.
   *
   * @param ties whether a tie was possible
   */
  public static Optional<Probabilities> shares(Collection<Verdict> votes, boolean ties) {
    List<Preference> cast = votes.stream().flatMap(v -> v.preference().stream()).toList();
    if (cast.isEmpty()) {
      return Optional.empty();
    }
    int tie = Collections.frequency(cast, Preference.TIE);
    return Optional.of(
        Probabilities.ofWeights(
            Collections.frequency(cast, Preference.A) + 1,
            ties || tie > 0 ? tie + 1 : 0,
            Collections.frequency(cast, Preference.B) + 1));
  }

  private static <T> List<T> leaders(Map<T, Integer> counts) {
    int most = counts.values().stream().max(Comparator.naturalOrder()).orElseThrow();
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() == most)
        .map(Map.Entry::getKey)
        .toList();
  }
}
