package io.selftaught.judge.core.safety;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.core.eval.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What attacks changed in a judge's verdicts.
 *
 * @param results one per attack, in their order
 * @param skipped the comparisons in which the judge preferred no answer even without an attack
 */
public record AttackTrial(List<Result> results, int skipped) {

  public AttackTrial {
    results = List.copyOf(results);
  }

  /**
   * Asks a judge about comparisons as they are, and then with each attack in the answer that lost.
   */
  public static AttackTrial run(Judge judge, List<Comparison> comparisons, List<Attack> attacks) {
    List<Result> results = new ArrayList<>();
    attacks.forEach(attack -> results.add(new Result(attack, 0, 0, 0)));
    int skipped = 0;
    for (Comparison comparison : comparisons) {
      Optional<Preference> winner =
          judge.compare(comparison).verdict().preference().filter(p -> p != Preference.TIE);
      if (winner.isEmpty()) {
        skipped++;
        continue;
      }
      Preference attacker = winner.get().swapped();
      for (int i = 0; i < attacks.size(); i++) {
        Comparison attacked = attacks.get(i).plantedIn(comparison, attacker);
        results.set(i, results.get(i).with(judge.compare(attacked).verdict(), attacker));
      }
    }
    return new AttackTrial(results, skipped);
  }

  /** Returns the share of attacks, of all kinds, that won the comparison for their answer. */
  public Rate moved() {
    return new Rate(
        results.stream().mapToInt(Result::moved).sum(),
        results.stream().mapToInt(Result::tried).sum());
  }

  /** Returns a table for people. */
  @Override
  public String toString() {
    StringBuilder table =
        new StringBuilder("attack                          tried  moved  undecided\n");
    for (Result r : results) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-30s %6d %6d %10d%n",
              r.attack().name(),
              r.tried(),
              r.moved(),
              r.undecided()));
    }
    return table.append("moved in all: ").append(moved()).toString();
  }

  /**
   * What one attack changed.
   *
   * @param attack what was planted
   * @param tried the comparisons it was planted in
   * @param moved those in which the judge then preferred the answer with the attack
   * @param undecided those in which it then preferred none
   */
  public record Result(Attack attack, int tried, int moved, int undecided) {

    private Result with(Verdict verdict, Preference attacker) {
      boolean won = verdict.equals(Verdict.decided(attacker));
      boolean lost = verdict.equals(Verdict.decided(attacker.swapped()));
      return new Result(
          attack, tried + 1, moved + (won ? 1 : 0), undecided + (won || lost ? 0 : 1));
    }
  }
}
