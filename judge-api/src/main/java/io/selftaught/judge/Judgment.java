package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A verdict with what led to it.
 *
 * <p>Verdict and rationale use the caller's letters even where the answers were shown in the other
 * order; {@link Trace#text} keeps the model's own. Decorators that ask several times merge the
 * traces of all askings, so nothing that a model wrote is lost.
 *
 * @param verdict the conclusion
 * @param rationale why, in the caller's letters; empty where the judge gives no reasons
 * @param traces every asking of a model, in the order of asking
 * @param probabilities how likely the judge holds each preference, where it says so
 */
public record Judgment(
    Verdict verdict, String rationale, List<Trace> traces, Optional<Probabilities> probabilities) {

  public Judgment {
    requireNonNull(verdict, "verdict");
    requireNonNull(rationale, "rationale");
    traces = List.copyOf(traces);
    requireNonNull(probabilities, "probabilities");
  }

  /** Creates a judgment of a judge that does not say how sure it is. */
  public Judgment(Verdict verdict, String rationale, List<Trace> traces) {
    this(verdict, rationale, traces, Optional.empty());
  }

  /** Returns a judgment without reasons: of a rule, of a person, of a test. */
  public static Judgment of(Verdict verdict) {
    return new Judgment(verdict, "", List.of());
  }

  /** Returns the tokens that all askings took together. */
  public Usage usage() {
    return traces.stream().map(Trace::usage).reduce(Usage.NONE, Usage::plus);
  }
}
