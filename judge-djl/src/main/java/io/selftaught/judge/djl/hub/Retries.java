package io.selftaught.judge.djl.hub;

import dev.failsafe.ExecutionContext;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.selftaught.judge.ModelException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again what failed with a {@link TransientFailure}: after the time that the server asks for,
 * else after a time that doubles with each try.
 */
final class Retries {

  private static final Logger LOGGER = LoggerFactory.getLogger(Retries.class);
  private static final int MAX_RETRIES = 5;

  /** Who asks for a longer wait is told to the caller instead of waited for. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final Duration backoff;

  Retries(Duration backoff) {
    this.backoff = backoff;
  }

  /**
   * Returns what a try gives.
   *
   * @throws ModelException if no try succeeds
   */
  <T> T call(Supplier<T> attempt) {
    RetryPolicy<T> policy =
        RetryPolicy.<T>builder()
            .handle(TransientFailure.class)
            .abortIf((result, failure) -> wait(failure).compareTo(LONGEST_WAIT) > 0)
            .withMaxRetries(MAX_RETRIES)
            .withDelayFn(this::delay)
            .onRetryScheduled(
                e ->
                    LOGGER.info(
                        "{}; trying again in {} ms",
                        String.valueOf(e.getLastException().getMessage()),
                        e.getDelay().toMillis()))
            .build();
    try {
      return Failsafe.with(policy).get(attempt::get);
    } catch (TransientFailure e) {
      throw failed(e);
    } catch (FailsafeException e) {
      throw interrupted(e); // the only checked exception here: the wait between tries ended early
    }
  }

  static ModelException failed(TransientFailure e) {
    return new ModelException(
        wait(e).compareTo(LONGEST_WAIT) > 0
            ? "%s and asks to wait for %d s; try again then"
                .formatted(e.getMessage(), wait(e).toSeconds())
            : e.getMessage() + "; try again later, what has been fetched is kept",
        e);
  }

  static ModelException interrupted(Exception e) {
    Thread.currentThread().interrupt();
    return new ModelException("Interrupted while fetching from the hub", e);
  }

  private static Duration wait(Throwable failure) {
    return failure instanceof TransientFailure t
        ? t.retryAfter().orElse(Duration.ZERO)
        : Duration.ZERO;
  }

  private Duration delay(ExecutionContext<?> context) {
    Duration doubled = backoff.multipliedBy(1L << Math.min(context.getAttemptCount() - 1, 5));
    return context.getLastException() instanceof TransientFailure failure
        ? failure.retryAfter().orElse(doubled)
        : doubled;
  }
}
