package io.selftaught.judge;

/**
 * Is told how long work proceeds: a console, a logger, a metrics registry. Called by worker
 * threads, one call at a time.
 */
@FunctionalInterface
public interface ProgressListener {

  /** Takes note of an event; should return quickly and not throw. */
  void onProgress(ProgressEvent event);

  /** Returns the listener that takes no notice. */
  static ProgressListener none() {
    return event -> {};
  }
}
