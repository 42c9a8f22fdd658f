package io.selftaught.judge.core.remote;

import java.time.Duration;

/** The moment, on the clock of {@link System#nanoTime}, by which a call has to end. */
record Deadline(long nanoTime) {

  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** Returns the time left, not below zero. */
  Duration remaining() {
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }

  /** Returns the time left, or {@code limit} if that is less. */
  Duration remaining(Duration limit) {
    Duration left = remaining();
    return left.compareTo(limit) < 0 ? left : limit;
  }

  boolean hasPassed() {
    return remaining().isZero();
  }
}
