package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict.Cause;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Asks a judge without waiting for it, and about many pairs at once.
 *
 * <pre>{@code
 * try (JudgeExecutor executor = JudgeExecutor.builder(judge).concurrency(32).build();
 *     Stream<Judgment> judgments = executor.compareAll(comparisons)) {
 *   judgments.forEach(sink);
 * }
 * }</pre>
 *
 * <p>A model that batches does so best when many threads ask. They are virtual where the JVM has
 * such. Safe for use by several threads. Closing ends what is under way and leaves the judge open.
 */
public final class JudgeExecutor implements AutoCloseable {

  private final Judge judge;
  private final int concurrency;
  private final Optional<Duration> callDeadline;
  private final Optional<Duration> runDeadline;
  private final ExecutorService threads;
  private final Set<Runnable> cancellations = ConcurrentHashMap.newKeySet();

  private JudgeExecutor(Builder builder) {
    judge = builder.judge;
    concurrency = builder.concurrency;
    callDeadline = builder.callDeadline;
    runDeadline = builder.runDeadline;
    threads = Executors.newFixedThreadPool(concurrency, Threads.factory("judge-executor"));
  }

  /** Returns a builder with the defaults: 16 comparisons at once, no deadline. */
  public static Builder builder(Judge judge) {
    return new Builder(judge);
  }

  /**
   * Returns the judgment to come. Cancelling it interrupts the judge. What the judge throws, it
   * ends with.
   *
   * @throws java.util.concurrent.RejectedExecutionException if closed
   */
  public CompletableFuture<Judgment> compareAsync(Comparison comparison) {
    requireNonNull(comparison, "comparison");
    CompletableFuture<Judgment> result = new CompletableFuture<>();
    AtomicBoolean finished = new AtomicBoolean();
    Future<?> work =
        threads.submit(
            () -> {
              if (!result.isDone()) {
                callDeadline.ifPresent(limit -> endAfter(limit, "the call", result));
                settle(result, finished, () -> judge.compare(comparison));
              }
            });
    Runnable cancellation = () -> result.cancel(true);
    cancellations.add(cancellation);
    var unused =
        result.whenComplete(
            (judgment, failure) -> {
              cancellations.remove(cancellation);
              if (!finished.get()) {
                work.cancel(true);
              }
            });
    return result;
  }

  private static void settle(
      CompletableFuture<Judgment> result, AtomicBoolean finished, Supplier<Judgment> work) {
    try {
      Judgment judgment = work.get();
      finished.set(true);
      result.complete(judgment);
    } catch (RuntimeException | Error e) {
      finished.set(true);
      result.completeExceptionally(e);
    }
  }

  /**
   * Returns the judgments of comparisons, in their order.
   *
   * <p>Lazy: at most {@link Builder#concurrency} comparisons are read ahead of the judgments taken,
   * so a source of any length takes little memory. Close the stream to end it early: what is under
   * way is then interrupted and the source closed. If the judge throws, so does the stream.
   *
   * @throws java.util.concurrent.CancellationException when the thread that takes judgments is
   *     interrupted
   */
  public Stream<Judgment> compareAll(Stream<Comparison> comparisons) {
    JudgmentQueue queue = new JudgmentQueue(comparisons.iterator(), concurrency, runStarter());
    return StreamSupport.stream(queue, false).onClose(queue::cancel).onClose(comparisons::close);
  }

  /** Returns what starts a comparison of a run that begins now. */
  private JudgmentQueue.Starter runStarter() {
    long start = System.nanoTime();
    return comparison -> {
      if (runDeadline.isEmpty()) {
        return compareAsync(comparison);
      }
      Duration left = runDeadline.get().minusNanos(System.nanoTime() - start);
      if (left.isNegative() || left.isZero()) {
        return CompletableFuture.completedFuture(tooLate(runDeadline.get(), "the run"));
      }
      CompletableFuture<Judgment> result = compareAsync(comparison);
      return result.completeOnTimeout(
          tooLate(runDeadline.get(), "the run"), left.toNanos(), TimeUnit.NANOSECONDS);
    };
  }

  private static void endAfter(Duration limit, String what, CompletableFuture<Judgment> result) {
    var unused =
        result.completeOnTimeout(tooLate(limit, what), limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static Judgment tooLate(Duration limit, String what) {
    String message = "No judgment before the deadline of " + what + ", " + limit.toMillis() + " ms";
    return Judgments.undecided(Cause.FAILED, message, Usage.UNKNOWN);
  }

  /** Ends what is under way or waits for its turn; its judgments are cancelled. */
  @Override
  public void close() {
    threads.shutdown();
    cancellations.forEach(Runnable::run);
  }

  @Override
  public String toString() {
    return "JudgeExecutor[%s, concurrency=%d]".formatted(judge, concurrency);
  }

  /** Collects settings; not safe for use by several threads. */
  public static final class Builder {
    private final Judge judge;
    private int concurrency = 16;
    private Optional<Duration> callDeadline = Optional.empty();
    private Optional<Duration> runDeadline = Optional.empty();

    private Builder(Judge judge) {
      this.judge = requireNonNull(judge, "judge");
    }

    /**
     * Sets the most comparisons under way at once.
     *
     * @throws IllegalArgumentException if below 1
     */
    public Builder concurrency(int concurrency) {
      if (concurrency < 1) {
        throw new IllegalArgumentException("concurrency must be at least 1, was " + concurrency);
      }
      this.concurrency = concurrency;
      return this;
    }

    /**
     * Limits how long a comparison may take once it is begun. Beyond that it is {@link
     * Cause#FAILED}, and the judge interrupted.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder callDeadline(Duration limit) {
      callDeadline = Optional.of(positive("callDeadline", limit));
      return this;
    }

    /**
     * Limits how long one {@link #compareAll} may take. Beyond that all comparisons are {@link
     * Cause#FAILED}, and the judge is asked no more.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder runDeadline(Duration limit) {
      runDeadline = Optional.of(positive("runDeadline", limit));
      return this;
    }

    /** Returns the executor. */
    public JudgeExecutor build() {
      return new JudgeExecutor(this);
    }

    private static Duration positive(String name, Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(name + " must be positive, was " + value);
      }
      return value;
    }
  }
}
