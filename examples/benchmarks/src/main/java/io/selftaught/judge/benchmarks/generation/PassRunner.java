package io.selftaught.judge.benchmarks.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Runs the requests of a pass, as many at a time as it says, and times them. */
final class PassRunner {

  private PassRunner() {}

  /**
   * Runs a pass.
   *
   * @param generate returns the number of new tokens of each sample of a request; called by several
   *     threads
   * @throws IllegalStateException if a request failed: a figure of the rest would be none
   */
  static Timing run(Pass pass, Function<Request, List<Integer>> generate) {
    ExecutorService threads = Executors.newFixedThreadPool(pass.concurrency());
    try {
      List<Callable<List<Integer>>> calls = new ArrayList<>();
      pass.requests().forEach(request -> calls.add(() -> generate.apply(request)));
      long start = System.nanoTime();
      List<List<Integer>> written = new ArrayList<>();
      for (Future<List<Integer>> answer : threads.invokeAll(calls)) {
        written.add(answer.get());
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Timing(pass.workload(), pass.promptsOnly(), seconds, pass.promptTokens(), written);
    } catch (ExecutionException e) {
      throw new IllegalStateException(pass + " failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(pass + " was interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
