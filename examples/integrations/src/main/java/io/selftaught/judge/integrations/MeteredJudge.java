package io.selftaught.judge.integrations;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;

/**
 * Counts a judge's verdicts, time and tokens in a registry of Micrometer: {@code judge.comparisons}
 * by verdict, and {@code judge.tokens} by direction, without the unknown ones. Nothing of prompts
 * and answers goes there.
 */
public final class MeteredJudge implements Judge {

  private final Judge judge;
  private final MeterRegistry registry;

  /** Creates a judge that is counted. Closing it closes {@code judge}. */
  public MeteredJudge(Judge judge, MeterRegistry registry) {
    this.judge = requireNonNull(judge, "judge");
    this.registry = requireNonNull(registry, "registry");
  }

  @Override
  public Judgment compare(Comparison comparison) {
    Timer.Sample sample = Timer.start(registry);
    Judgment judgment = judge.compare(comparison);
    sample.stop(registry.timer("judge.comparisons", "verdict", judgment.verdict().toString()));
    judgment.usage().promptTokens().ifPresent(n -> tokens("read").increment((double) n));
    judgment.usage().completionTokens().ifPresent(n -> tokens("written").increment((double) n));
    return judgment;
  }

  private Counter tokens(String direction) {
    return registry.counter("judge.tokens", "direction", direction);
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
