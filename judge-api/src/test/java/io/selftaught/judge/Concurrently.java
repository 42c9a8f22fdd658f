package io.selftaught.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Runs one piece of work on 16 threads that start at the same moment. */
final class Concurrently {

  static final int THREADS = 16;

  private Concurrently() {}

  /** Returns {@code work(0) … work(15)}; the first failure of any thread fails the test. */
  static <T> List<T> run(IntFunction<T> work) throws InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      CountDownLatch start = new CountDownLatch(THREADS);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int index = i;
        futures.add(
            executor.submit(
                () -> {
                  start.countDown();
                  start.await();
                  return work.apply(index);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get(2, TimeUnit.MINUTES));
      }
      return results;
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("A thread failed", e);
    } finally {
      executor.shutdownNow();
    }
  }
}
