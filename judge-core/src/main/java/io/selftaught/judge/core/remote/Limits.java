package io.selftaught.judge.core.remote;

import dev.failsafe.RateLimiter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Holds requests back: so many at once, so many in a time.
 *
 * <p>A semaphore and no Failsafe bulkhead, because that one loses a permit for good whenever a wait
 * for it times out.
 */
final class Limits {

  private final Semaphore permits;
  private final Optional<RateLimiter<Object>> rate;

  /**
   * Creates limits.
   *
   * @param interval the least time from the start of one request to that of the next
   */
  Limits(int maxConcurrency, Optional<Duration> interval) {
    permits = new Semaphore(maxConcurrency, true);
    rate = interval.map(i -> RateLimiter.smoothBuilder(i).build());
  }

  /** Returns what the request gives, once it may be sent. */
  <T> T hold(Deadline deadline, Supplier<T> request) {
    try {
      if (!permits.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        throw tooLate("concurrency");
      }
    } catch (InterruptedException e) {
      throw Retries.interrupted(e);
    }
    try {
      if (rate.isPresent() && !rate.get().tryAcquirePermit(deadline.remaining())) {
        throw tooLate("rate");
      }
      return request.get();
    } catch (InterruptedException e) {
      throw Retries.interrupted(e);
    } finally {
      permits.release();
    }
  }

  private static TransientFailure tooLate(String limit) {
    return new TransientFailure("held back by the limit on " + limit, Optional.empty());
  }
}
