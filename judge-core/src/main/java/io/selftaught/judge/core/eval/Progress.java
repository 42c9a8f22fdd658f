package io.selftaught.judge.core.eval;

import com.google.common.base.Stopwatch;
import io.selftaught.judge.ProgressEvent;
import io.selftaught.judge.ProgressListener;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Counts judgments and tells a listener, one call at a time. */
final class Progress {

  private final ProgressListener listener;
  private final long total;
  private final Stopwatch watch;
  private long done;
  private long asked;
  private long preferring;
  private long right;

  Progress(ProgressListener listener, long total, Stopwatch watch) {
    this.listener = listener;
    this.total = total;
    this.watch = watch;
  }

  /**
   * Takes note of a judgment.
   *
   * @param isNew whether the judge was asked for it in this run
   */
  synchronized void step(Judged judged, boolean isNew) {
    done++;
    asked += isNew ? 1 : 0;
    preferring += judged.hasPreferredAnswer() ? 1 : 0;
    right += judged.hasPreferredAnswer() && judged.isRight() ? 1 : 0;
    Map<String, Double> metrics = new HashMap<>();
    if (preferring > 0) {
      metrics.put("accuracy", (double) right / preferring);
    }
    pairsPerMinute().ifPresent(speed -> metrics.put("pairs/min", speed));
    listener.onProgress(new ProgressEvent("evaluate", 0, done, total, metrics));
  }

  /** Returns the speed so far; nothing if the judge was not asked or no time has passed. */
  synchronized OptionalDouble pairsPerMinute() {
    Duration elapsed = watch.elapsed();
    return asked == 0 || elapsed.isZero()
        ? OptionalDouble.empty()
        : OptionalDouble.of(asked * 60e9 / elapsed.toNanos());
  }
}
