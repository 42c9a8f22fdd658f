package io.selftaught.judge.djl.generate;

import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.ModelException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Spreads requests over schedulers whose decoders compute the same. Which of them takes a request
 * is seen in nothing but time. Safe for use by many threads.
 */
public final class Dispatcher {

  private final List<Scheduler> schedulers;
  private final Router router;

  /**
   * Creates a dispatcher.
   *
   * @param schedulers one or more, not owned
   */
  public Dispatcher(List<Scheduler> schedulers) {
    this.schedulers = List.copyOf(schedulers);
    this.router = new Router(schedulers.stream().mapToLong(Scheduler::retained).toArray());
  }

  /** Has one of them do what {@link Scheduler#generate} says. */
  public List<Generation> generate(int[] ids, GenerationConfig config) {
    int[] able =
        IntStream.range(0, schedulers.size())
            .filter(replica -> schedulers.get(replica).holds(ids, config))
            .toArray();
    if (schedulers.size() == 1 || able.length == 0) {
      return schedulers.get(0).generate(ids, config); // which says why none can
    }
    long tokens = ids.length + (long) Request.distinct(config) * config.maxTokens();
    return generate(ids, config, tokens, router.choose(ids, tokens, able));
  }

  private List<Generation> generate(int[] ids, GenerationConfig config, long tokens, int replica) {
    try {
      List<Generation> generations = schedulers.get(replica).generate(ids, config);
      router.succeeded(replica, tokens);
      return generations;
    } catch (ModelException e) {
      if (e.getCause() instanceof InterruptedException) {
        router.cancelled(replica, tokens);
      } else {
        router.failed(replica, tokens);
      }
      throw e;
    }
  }
}
