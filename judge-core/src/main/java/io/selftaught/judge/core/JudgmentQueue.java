package io.selftaught.judge.core;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judgment;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Judgments in the order of their comparisons, of which a few are always under way. */
final class JudgmentQueue extends Spliterators.AbstractSpliterator<Judgment> {

  private final Iterator<Comparison> source;
  private final int ahead;
  private final Starter starter;
  private final Queue<CompletableFuture<Judgment>> underWay = new ArrayDeque<>();

  JudgmentQueue(Iterator<Comparison> source, int ahead, Starter starter) {
    super(Long.MAX_VALUE, ORDERED | NONNULL);
    this.source = source;
    this.ahead = ahead;
    this.starter = starter;
  }

  /** Starts a comparison. */
  @FunctionalInterface
  interface Starter {
    CompletableFuture<Judgment> start(Comparison comparison);
  }

  @Override
  public boolean tryAdvance(Consumer<? super Judgment> action) {
    while (underWay.size() < ahead && source.hasNext()) {
      underWay.add(starter.start(source.next()));
    }
    CompletableFuture<Judgment> next = underWay.poll();
    if (next == null) {
      return false;
    }
    action.accept(await(next));
    return true;
  }

  private Judgment await(CompletableFuture<Judgment> next) {
    try {
      return next.get();
    } catch (InterruptedException e) {
      next.cancel(true);
      cancel();
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted while waiting for a judgment");
    } catch (ExecutionException e) {
      cancel();
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  void cancel() {
    underWay.forEach(judgment -> judgment.cancel(true));
    underWay.clear();
  }
}
