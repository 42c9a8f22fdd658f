package io.selftaught.judge.springboot;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import org.springframework.stereotype.Service;

/**
 * Lets a new answer out only if the judge prefers it to the trusted one. Where the judge does not
 * decide, for whatever cause, the trusted one stays: a failure never speaks for the new answer.
 */
@Service
final class AnswerGate {

  private final Judge judge;

  AnswerGate(Judge judge) {
    this.judge = requireNonNull(judge, "judge");
  }

  /** Returns the answer to give. */
  Decision decide(String prompt, String candidate, String trusted) {
    Judgment judgment = judge.compare(Comparison.of(prompt, candidate, trusted));
    boolean released = judgment.verdict().equals(Verdict.decided(Preference.A));
    return new Decision(
        released ? candidate : trusted,
        released,
        judgment.verdict().toString(),
        judgment.rationale());
  }

  /**
   * What the gate decided.
   *
   * @param answer the answer to give
   * @param released whether it is the candidate
   * @param verdict A for the candidate, B for the trusted answer, or the cause of indecision
   * @param reason the judge's reasons; may be empty
   */
  record Decision(String answer, boolean released, String verdict, String reason) {}
}
