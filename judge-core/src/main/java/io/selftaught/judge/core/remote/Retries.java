package io.selftaught.judge.core.remote;

import dev.failsafe.ExecutionContext;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.selftaught.judge.ModelException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Tries again what failed with a {@link TransientFailure}: after the time that the server asks for,
 * else after a time that doubles with each try, times a random factor from 0.5 to 1, so that calls
 * that failed together do not come back together.
 */
final class Retries {

  private static final System.Logger LOG = System.getLogger(Retries.class.getName());
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

  private final int maxRetries;
  private final Duration backoff;
  private final Random jitter;

  Retries(int maxRetries, Duration backoff, long seed) {
    this.maxRetries = maxRetries;
    this.backoff = backoff;
    jitter = new Random(seed);
  }

  /** Returns what a try gives, at the latest at the deadline. */
  <T> T call(Deadline deadline, Supplier<T> attempt) {
    RetryPolicy<T> policy =
        RetryPolicy.<T>builder()
            .handle(TransientFailure.class)
            .abortIf((result, failure) -> isHopeless(failure, deadline))
            .withMaxRetries(maxRetries)
            .withDelayFn(this::delay)
            .onRetryScheduled(
                e ->
                    LOG.log(
                        Level.DEBUG,
                        "Try {0} failed; the next one is in {1} ms",
                        e.getAttemptCount(),
                        e.getDelay().toMillis()))
            .build();
    try {
      return Failsafe.with(policy).get(attempt::get);
    } catch (TransientFailure e) {
      throw new ModelException(
          deadline.hasPassed() || isHopeless(e, deadline)
              ? "No answer before the deadline of the call; last: " + e.getMessage()
              : "No answer in " + (maxRetries + 1) + " tries; last: " + e.getMessage(),
          e);
    } catch (FailsafeException e) {
      throw interrupted(e); // the only checked exception here: the wait between tries ended early
    }
  }

  static ModelException interrupted(Exception e) {
    Thread.currentThread().interrupt();
    return new ModelException("Interrupted while waiting for the server", e);
  }

  /** No try is left in time: the caller hears it now and not at the deadline. */
  private static boolean isHopeless(Throwable failure, Deadline deadline) {
    Duration wait =
        failure instanceof TransientFailure t
            ? t.retryAfter().orElse(Duration.ZERO)
            : Duration.ZERO;
    return deadline.remaining().compareTo(wait) <= 0;
  }

  private Duration delay(ExecutionContext<?> context) {
    if (context.getLastException() instanceof TransientFailure failure
        && failure.retryAfter().isPresent()) {
      return failure.retryAfter().get();
    }
    long factor = 1L << Math.min(context.getAttemptCount() - 1, 20);
    Duration doubled = backoff.multipliedBy(factor);
    Duration limited = doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF;
    return Duration.ofNanos((long) (limited.toNanos() * (0.5 + jitter.nextDouble() / 2)));
  }
}
