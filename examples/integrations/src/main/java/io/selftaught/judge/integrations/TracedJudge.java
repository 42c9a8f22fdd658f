package io.selftaught.judge.integrations;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;

/**
 * Puts each comparison into a span of OpenTelemetry, with the event {@code
 * gen_ai.evaluation.result} of its semantic conventions for generative AI. Nothing of prompts,
 * answers and reasons goes there.
 */
public final class TracedJudge implements Judge {

  private final Judge judge;
  private final Tracer tracer;

  /** Creates a judge that is traced. Closing it closes {@code judge}. */
  public TracedJudge(Judge judge, Tracer tracer) {
    this.judge = requireNonNull(judge, "judge");
    this.tracer = requireNonNull(tracer, "tracer");
  }

  @Override
  @SuppressWarnings("try") // The scope is there to end, not to be used.
  public Judgment compare(Comparison comparison) {
    Span span = tracer.spanBuilder("evaluate preference").startSpan();
    try (var scope = span.makeCurrent()) {
      Judgment judgment = judge.compare(comparison);
      span.addEvent("gen_ai.evaluation.result", attributes(judgment));
      judgment
          .usage()
          .promptTokens()
          .ifPresent(n -> span.setAttribute("gen_ai.usage.input_tokens", n));
      judgment
          .usage()
          .completionTokens()
          .ifPresent(n -> span.setAttribute("gen_ai.usage.output_tokens", n));
      if (hasFailed(judgment)) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute("error.type", Cause.FAILED.name());
      }
      return judgment;
    } finally {
      span.end();
    }
  }

  private static Attributes attributes(Judgment judgment) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put("gen_ai.evaluation.name", "preference")
            .put("gen_ai.evaluation.score.label", judgment.verdict().toString());
    if (hasFailed(judgment)) {
      attributes.put("error.type", Cause.FAILED.name());
    }
    judgment.probabilities().ifPresent(p -> attributes.put("gen_ai.evaluation.score.value", p.a()));
    return attributes.build();
  }

  private static boolean hasFailed(Judgment judgment) {
    return judgment.verdict().equals(Verdict.undecided(Cause.FAILED));
  }

  @Override
  public void close() {
    judge.close();
  }

  @Override
  public String toString() {
    return judge.toString();
  }
}
