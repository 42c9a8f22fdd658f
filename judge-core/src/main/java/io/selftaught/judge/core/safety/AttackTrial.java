package io.selftaught.judge.core.safety;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.core.JudgeExecutor;
import io.selftaught.judge.core.eval.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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
   * Asks a judge about comparisons as they are, and then with each attack in the answer that lost,
   * one after the other.
   */
  public static AttackTrial run(Judge judge, List<Comparison> comparisons, List<Attack> attacks) {
    try (JudgeExecutor executor = JudgeExecutor.builder(judge).concurrency(1).build()) {
      return run(executor, comparisons, attacks);
    }
  }

  /**
   * Asks a judge about comparisons as they are, and then with each attack in the answer that lost,
   * as many at once as the executor allows.
   */
  public static AttackTrial run(
      JudgeExecutor executor, List<Comparison> comparisons, List<Attack> attacks) {
    List<Target> targets = new ArrayList<>();
    List<Verdict> unattacked = verdicts(executor, comparisons.stream());
    for (int i = 0; i < comparisons.size(); i++) {
      Comparison comparison = comparisons.get(i);
      unattacked
          .get(i)
          .preference()
          .filter(winner -> winner != Preference.TIE)
          .ifPresent(winner -> targets.add(new Target(comparison, winner.swapped())));
    }
    List<Result> results = new ArrayList<>();
    for (Attack attack : attacks) {
      results.add(new Result(attack, 0, 0, 0));
    }
    List<Verdict> attacked =
        verdicts(executor, targets.stream().flatMap(target -> target.under(attacks)));
    for (int i = 0; i < attacked.size(); i++) {
      int attack = i % attacks.size();
      Preference attacker = targets.get(i / attacks.size()).attacker();
      results.set(attack, results.get(attack).with(attacked.get(i), attacker));
    }
    return new AttackTrial(results, comparisons.size() - targets.size());
  }

  private static List<Verdict> verdicts(JudgeExecutor executor, Stream<Comparison> comparisons) {
    try (Stream<Judgment> judgments = executor.compareAll(comparisons)) {
      return judgments.map(Judgment::verdict).toList();
    }
  }

  /** A comparison, and the answer that lost it. */
  private record Target(Comparison comparison, Preference attacker) {
    Stream<Comparison> under(List<Attack> attacks) {
      return attacks.stream().map(attack -> attack.plantedIn(comparison, attacker));
    }
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
