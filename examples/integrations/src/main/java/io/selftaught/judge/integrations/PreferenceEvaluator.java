package io.selftaught.judge.integrations;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.ai.evaluation.EvaluationRequest;
import org.springframework.ai.evaluation.EvaluationResponse;
import org.springframework.ai.evaluation.Evaluator;

/**
 * An evaluator of Spring AI that lets a response pass if it beats a baseline.
 *
 * <p>The metadata has the {@code verdict}: there an undecided judgment, which does not pass either,
 * differs from a lost one. The score is the probability that the response is better, where the
 * judge tells it, else 1 or 0 for pass or not.
 */
public final class PreferenceEvaluator implements Evaluator {

  private final Judge judge;
  private final UnaryOperator<String> baseline;

  /**
   * Creates an evaluator.
   *
   * @param baseline gives the answer to a prompt that is to be beaten
   */
  public PreferenceEvaluator(Judge judge, UnaryOperator<String> baseline) {
    this.judge = requireNonNull(judge, "judge");
    this.baseline = requireNonNull(baseline, "baseline");
  }

  @Override
  public EvaluationResponse evaluate(EvaluationRequest request) {
    String prompt = request.getUserText();
    Judgment judgment = judge.compare(prompt, request.getResponseContent(), baseline.apply(prompt));
    boolean pass = judgment.verdict().equals(Verdict.decided(Preference.A));
    double score = judgment.probabilities().map(p -> p.a()).orElse(pass ? 1.0 : 0.0);
    return new EvaluationResponse(
        pass,
        (float) score,
        judgment.rationale(),
        Map.of("verdict", judgment.verdict().toString()));
  }
}
