package io.selftaught.judge.benchmarks.generation;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches where the threads that own a decoder spend their time, by looking at their stacks a
 * hundred times a second: in a native step of the model, outside of it, or waiting for work.
 *
 * <p>What is outside is the library's own: scheduling, drawing tokens, making text of them, and
 * moving arguments and results.
 */
final class NativeShare implements AutoCloseable {

  private static final long INTERVAL_NANOS = 10_000_000;
  private static final String LIBRARY = "ai.djl.pytorch.jni.PyTorchLibrary";
  private static final Set<String> STEPS = Set.of("moduleRunMethod", "moduleForward");
  private static final Set<String> WAITING = Set.of("wait", "wait0", "park", "sleep");

  private final String prefix;
  private final Thread watcher = new Thread(this::run, "native-share");
  private long inside;
  private long outside;
  private volatile boolean closed;

  private NativeShare(String prefix) {
    this.prefix = prefix;
  }

  /** Starts to watch the threads whose names begin so. */
  static NativeShare watch(String prefix) {
    NativeShare share = new NativeShare(prefix);
    share.watcher.setDaemon(true);
    share.watcher.start();
    return share;
  }

  private void run() {
    Thread[] threads = new Thread[Thread.activeCount() + 100];
    while (!closed) {
      int count = Thread.enumerate(threads);
      for (Thread thread : Arrays.copyOf(threads, count)) {
        if (thread.getName().startsWith(prefix)) {
          inStep(thread.getStackTrace()).ifPresent(this::count);
        }
      }
      LockSupport.parkNanos(INTERVAL_NANOS);
    }
  }

  private synchronized void count(boolean step) {
    if (step) {
      inside++;
    } else {
      outside++;
    }
  }

  /** Returns whether a stack is in a native step; nothing if its thread is waiting or has ended. */
  static Optional<Boolean> inStep(StackTraceElement[] stack) {
    if (stack.length == 0 || WAITING.contains(stack[0].getMethodName())) {
      return Optional.empty();
    }
    return Optional.of(
        stack[0].getClassName().equals(LIBRARY) && STEPS.contains(stack[0].getMethodName()));
  }

  /** Returns the part of the busy time that was outside of native steps, once it was ever busy. */
  synchronized OptionalDouble outside() {
    long all = inside + outside;
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) outside / all);
  }

  @Override
  public void close() {
    closed = true;
    try {
      watcher.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
