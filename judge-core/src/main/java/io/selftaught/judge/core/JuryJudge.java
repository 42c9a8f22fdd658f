package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.core.prompt.Majority;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Asks several judges; the majority decides. */
final class JuryJudge implements Judge {

  private final TiePolicy policy;
  private final List<Judge> judges;

  JuryJudge(TiePolicy policy, List<Judge> judges) {
    this.policy = requireNonNull(policy, "policy");
    this.judges = List.copyOf(judges);
    if (judges.isEmpty()) {
      throw new IllegalArgumentException("judges must not be empty");
    }
  }

  @Override
  public Judgment compare(Comparison comparison) {
    List<Judgment> judgments = judges.stream().map(judge -> judge.compare(comparison)).toList();
    Verdict verdict = policy.decide(judgments.stream().map(Judgment::verdict).toList());
    return new Judgment(
        verdict,
        rationale(judgments, verdict),
        judgments.stream().flatMap(judgment -> judgment.traces().stream()).toList(),
        probabilities(judgments));
  }

  /**
   * Returns the mean of what the decided judges hold likely, if each of them says so; else how
   * likely their votes make each preference, unless there is but one judge.
   */
  private static Optional<Probabilities> probabilities(List<Judgment> judgments) {
    List<Judgment> decided =
        judgments.stream().filter(j -> j.verdict().preference().isPresent()).toList();
    List<Probabilities> told = decided.stream().flatMap(j -> j.probabilities().stream()).toList();
    if (told.isEmpty() || told.size() < decided.size()) {
      return judgments.size() == 1
          ? Optional.empty()
          : Majority.shares(judgments.stream().map(Judgment::verdict).toList(), false);
    }
    return Optional.of(
        Probabilities.ofWeights(
            sum(told, Probabilities::a),
            sum(told, Probabilities::tie),
            sum(told, Probabilities::b)));
  }

  private static double sum(List<Probabilities> told, ToDoubleFunction<Probabilities> part) {
    return told.stream().mapToDouble(part).sum();
  }

  /** Returns the reasons of the first judge that agrees with a decided verdict and gives any. */
  private static String rationale(List<Judgment> judgments, Verdict verdict) {
    return judgments.stream()
        .filter(j -> verdict.preference().isPresent() && j.verdict().equals(verdict))
        .map(Judgment::rationale)
        .filter(rationale -> !rationale.isBlank())
        .findFirst()
        .orElse("");
  }

  /** Closes all judges, also when one fails to. */
  @Override
  public void close() {
    closeFrom(0);
  }

  private void closeFrom(int index) {
    if (index < judges.size()) {
      try {
        judges.get(index).close();
      } finally {
        closeFrom(index + 1);
      }
    }
  }

  @Override
  public String toString() {
    return "jury(" + policy + ", " + judges + ")";
  }
}
