package io.selftaught.judge.benchmarks;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.core.JudgeExecutor;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.prompt.JudgePrompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A comparison from the call to the judgment, without the model's time. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class ComparisonBenchmark {

  private static final GenerationConfig GREEDY = GenerationConfig.greedy(1024);

  private final Judge oneOrder = once(Texts.model());
  private final Judge bothOrders = Judges.bothOrders(once(Texts.model()));
  private final Judge averaged = Judges.averagedOrders(Judges.verdictOnly(Texts.verdictModel()));
  private final Judge eightVotes =
      Judges.vote(
          Texts.model(),
          JudgePrompt.standard(),
          GREEDY.toBuilder().samples(8).temperature(0.7).build());

  /** Called by JMH. */
  public ComparisonBenchmark() {}

  private static Judge once(LanguageModel model) {
    return Judges.prompted(model, JudgePrompt.standard(), GREEDY);
  }

  /** Asks once. */
  @Benchmark
  public Judgment oneOrder() {
    return oneOrder.compare(Texts.COMPARISON);
  }

  /** Asks in both orders: the usual comparison. */
  @Benchmark
  public Judgment bothOrders() {
    return bothOrders.compare(Texts.COMPARISON);
  }

  /** Draws eight judgments in one call of the model, and counts the votes. */
  @Benchmark
  public Judgment eightVotes() {
    return eightVotes.compare(Texts.COMPARISON);
  }

  /** Asks for the verdict alone in both orders, and averages their probabilities. */
  @Benchmark
  public Judgment verdictOnlyAveraged() {
    return averaged.compare(Texts.COMPARISON);
  }

  /** Asks in both orders about a pair whose answers are in the cache. */
  @Benchmark
  public Judgment bothOrdersFromCache(Known known) {
    return known.cache.judge.compare(Texts.COMPARISON);
  }

  /**
   * Asks about a thousand new pairs in both orders, sixteen at once, over a cache that writes every
   * answer to disk; the time of one pair.
   */
  @Benchmark
  @OperationsPerInvocation(Unknown.PAIRS)
  public long thousandAtOnce(Unknown unknown) {
    try (JudgeExecutor executor =
            JudgeExecutor.builder(unknown.cache.judge).concurrency(16).build();
        Stream<Judgment> judgments = executor.compareAll(unknown.comparisons.stream())) {
      return judgments.filter(j -> j.verdict().preference().isPresent()).count();
    }
  }

  /** A judge that asks in both orders over a cache on disk. */
  private static final class Cache implements AutoCloseable {
    private final Path file;
    private final LanguageModel model;
    private final Judge judge;

    Cache() throws IOException {
      file = Files.createTempFile("judge-benchmark", ".jsonl");
      model = Judges.caching(Texts.model(), file);
      judge = Judges.bothOrders(once(model));
    }

    @Override
    public void close() throws IOException {
      model.close();
      Files.delete(file);
    }
  }

  /** A cache that knows the answers. */
  @State(Scope.Benchmark)
  public static class Known {
    @SuppressWarnings("NullAway.Init") // Set by @Setup.
    private Cache cache;

    /** Called by JMH. */
    public Known() {}

    /** Asks once, so that later askings find what they need. */
    @Setup
    public void ask() throws IOException {
      cache = new Cache();
      cache.judge.compare(Texts.COMPARISON);
    }

    /** Deletes the cache. */
    @TearDown
    public void delete() throws IOException {
      cache.close();
    }
  }

  /** An empty cache for each call, and a thousand different pairs. */
  @State(Scope.Benchmark)
  public static class Unknown {

    static final int PAIRS = 1000;

    private final List<Comparison> comparisons =
        IntStream.range(0, PAIRS)
            .mapToObj(i -> Comparison.of(i + ". " + Texts.PROMPT, Texts.GOOD, Texts.POOR))
            .toList();

    @SuppressWarnings("NullAway.Init") // Set by @Setup.
    private Cache cache;

    /** Called by JMH. */
    public Unknown() {}

    /** Opens a new cache. */
    @Setup(Level.Invocation)
    public void open() throws IOException {
      cache = new Cache();
    }

    /** Deletes it. */
    @TearDown(Level.Invocation)
    public void delete() throws IOException {
      cache.close();
    }
  }
}
