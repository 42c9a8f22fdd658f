package io.selftaught.judge.core.remote;

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

  /**
   * Returns what a try gives, at the latest at the deadline: a wait that would end after it is not
   * begun, and the caller hears it now.
   */
  <T> T call(Deadline deadline, Supplier<T> attempt) {
    Tries tries = new Tries();
    RetryPolicy<T> policy =
        RetryPolicy.<T>builder()
            .handle(TransientFailure.class)
            .abortIf((result, failure) -> deadline.remaining().compareTo(tries.pause) <= 0)
            .withMaxRetries(maxRetries)
            .withDelayFn(context -> tries.pause)
            .onRetryScheduled(
                e ->
                    LOG.log(
                        Level.DEBUG,
                        "Try {0} failed; the next one is in {1} ms",
                        e.getAttemptCount(),
                        e.getDelay().toMillis()))
            .build();
    try {
      return Failsafe.with(policy).get(() -> tries.next(attempt));
    } catch (TransientFailure e) {
      throw new ModelException(
          deadline.hasPassed() || tries.failed <= maxRetries
              ? "No answer before the deadline of the call; last: " + e.getMessage()
              : "No answer in " + tries.failed + " tries; last: " + e.getMessage(),
          e);
    } catch (FailsafeException e) {
      throw interrupted(e); // the only checked exception here: the wait between tries ended early
    }
  }

  static ModelException interrupted(Exception e) {
    Thread.currentThread().interrupt();
    return new ModelException("Interrupted while waiting for the server", e);
  }

  /** The tries of one call, made by one thread. */
  private final class Tries {
    private int failed;

    /** How long to leave the server alone after the last failure. */
    private Duration pause = Duration.ZERO;

    <T> T next(Supplier<T> attempt) {
      try {
        return attempt.get();
      } catch (TransientFailure e) {
        failed++;
        pause = e.retryAfter().orElseGet(this::doubled);
        throw e;
      }
    }

    private Duration doubled() {
      Duration whole = backoff.multipliedBy(1L << Math.min(failed - 1, 20));
      Duration limited = whole.compareTo(LONGEST_BACKOFF) < 0 ? whole : LONGEST_BACKOFF;
      return Duration.ofNanos((long) (limited.toNanos() * (0.5 + jitter.nextDouble() / 2)));
    }
  }
}
