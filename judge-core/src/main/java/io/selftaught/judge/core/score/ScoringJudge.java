package io.selftaught.judge.core.score;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Compares the marks of two answers. */
final class ScoringJudge implements Judge {

  private final Scorer scorer;
  private final double margin;

  ScoringJudge(Scorer scorer, double margin) {
    this.scorer = requireNonNull(scorer, "scorer");
    if (!(margin >= 0 && Double.isFinite(margin))) {
      throw new IllegalArgumentException("margin must be 0 or more, was " + margin);
    }
    this.margin = margin;
  }

  @Override
  public Judgment compare(Comparison comparison) {
    Score a = scorer.score(answer(comparison, comparison.a()));
    Score b = scorer.score(answer(comparison, comparison.b()));
    Verdict verdict = verdict(a, b);
    return new Judgment(
        verdict,
        "",
        Stream.concat(traces(a, Preference.A, verdict), traces(b, Preference.B, verdict)).toList());
  }

  private static Answer answer(Comparison comparison, String text) {
    return new Answer(comparison.prompt(), text, comparison.reference());
  }

  private Verdict verdict(Score a, Score b) {
    OptionalDouble markA = a.mean();
    OptionalDouble markB = b.mean();
    if (markA.isEmpty() || markB.isEmpty()) {
      Score missing = markA.isEmpty() ? a : b;
      Cause cause =
          missing.readings().stream().flatMap(r -> r.cause().stream()).findFirst().orElseThrow();
      return Verdict.undecided(cause);
    }
    double difference = markA.getAsDouble() - markB.getAsDouble();
    if (Math.abs(difference) <= margin) {
      return Verdict.decided(Preference.TIE);
    }
    return Verdict.decided(difference > 0 ? Preference.A : Preference.B);
  }

  private static Stream<Trace> traces(Score score, Preference answer, Verdict verdict) {
    return score.readings().stream()
        .map(
            reading ->
                new Trace(
                    Order.AB,
                    reading.text(),
                    traced(reading, verdict),
                    reading.usage(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(answer)));
  }

  /** One mark alone is no preference: it takes part in the verdict of all. */
  private static Verdict traced(Score.Reading reading, Verdict verdict) {
    return reading.cause().map(Verdict::undecided).orElse(verdict);
  }

  @Override
  public String toString() {
    return "byScore(" + scorer + ", margin=" + margin + ")";
  }
}
