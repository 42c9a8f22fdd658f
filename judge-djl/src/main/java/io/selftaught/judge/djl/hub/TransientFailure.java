package io.selftaught.judge.djl.hub;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A try that failed for a reason that may have gone by the next one. Never leaves the package. */
final class TransientFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  TransientFailure(String message, Optional<Duration> retryAfter) {
    super(message);
    this.retryAfter = retryAfter.orElse(null);
  }

  TransientFailure(String message, Throwable cause) {
    super(message, cause);
    retryAfter = null;
  }

  /** Returns how long the server asked to be left alone, if it did. */
  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
