package io.selftaught.judge.benchmarks;

import io.selftaught.judge.djl.decoder.Candidates;
import io.selftaught.judge.djl.generate.Sampler;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Drawing the next token of one row, as often as a token is generated. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class SamplerBenchmark {

  /** As that of SmolLM2. */
  private static final int VOCABULARY = 49_152;

  private static final int KNOWN = 64;

  private final Sampler greedy = new Sampler(0, 1, 1, 0);
  private final Sampler nucleus = new Sampler(0.7, 0.9, 1, 0);
  private final Sampler everything = new Sampler(1, 1, 1, 0);

  /** A token that is nearly sure, as most are; the known candidates hold the nucleus. */
  private final float[] sure = logits(4);

  /** One that could be anything: the known candidates are not enough. */
  private final float[] open = logits(0.5);

  private final Candidates sureAtSeven = candidates(sure, 0.7);
  private final Candidates openAtOne = candidates(open, 1);

  /** Called by JMH. */
  public SamplerBenchmark() {}

  /** Takes the likeliest. */
  @Benchmark
  public Sampler.Draw greedy() {
    return greedy.draw(sureAtSeven, 0, () -> sure);
  }

  /** Draws at temperature 0.7 from the likeliest 90%. */
  @Benchmark
  public Sampler.Draw nucleus() {
    return nucleus.draw(sureAtSeven, 0, () -> sure);
  }

  /** Draws at temperature 1 from all of a flat distribution: the rare and slow case. */
  @Benchmark
  public Sampler.Draw wholeVocabulary() {
    return everything.draw(openAtOne, 0, () -> open);
  }

  private static float[] logits(double deviation) {
    Random random = new Random(1);
    float[] logits = new float[VOCABULARY];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (deviation * random.nextGaussian());
    }
    return logits;
  }

  private static Candidates candidates(float[] logits, double temperature) {
    Integer[] ids = new Integer[logits.length];
    Arrays.setAll(ids, i -> i);
    Arrays.sort(ids, (x, y) -> Float.compare(logits[y], logits[x]));
    float[] row = new float[2 + 2 * KNOWN];
    row[0] = (float) logSumExp(logits, 1);
    row[1] = (float) logSumExp(logits, temperature);
    for (int rank = 0; rank < KNOWN; rank++) {
      row[2 + rank] = logits[ids[rank]];
      row[2 + KNOWN + rank] = ids[rank];
    }
    return new Candidates(row, 1, 0);
  }

  private static double logSumExp(float[] logits, double temperature) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit / temperature);
    }
    return Math.log(sum);
  }
}
