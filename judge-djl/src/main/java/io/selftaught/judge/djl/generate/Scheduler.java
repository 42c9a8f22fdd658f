package io.selftaught.judge.djl.generate;

import io.selftaught.judge.ContextLengthException;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.djl.decoder.Decoder;
import io.selftaught.judge.djl.text.ChatTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Keeps a decoder's batch full with the samples of many callers (continuous batching).
 *
 * <p>One thread owns the decoder. It admits requests while there are free slots, reading their
 * prompts, and otherwise adds a token to every running sample. A sample that ends leaves its slot
 * at once to the next. Safe for use by many threads.
 */
public final class Scheduler implements AutoCloseable {

  private final Decoder decoder;
  private final ChatTokenizer tokenizer;
  private final int slots;
  private final long positions;
  private final Prefill prefill;
  private final Rows rows;
  private final Waiting waiting = new Waiting();
  private final Thread thread;
  private long requests;
  private boolean closed;

  private Scheduler(Decoder decoder, ChatTokenizer tokenizer, Limits limits, String name) {
    this.decoder = decoder;
    this.tokenizer = tokenizer;
    this.slots = limits.slots();
    this.positions = limits.requests() / decoder.bytesPerPosition();
    this.prefill = new Prefill(decoder, limits.prefixCache() / decoder.bytesPerPosition());
    this.rows = new Rows(decoder);
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  /**
   * What a scheduler may use.
   *
   * @param slots the most samples that run at a time, ≥ 1
   * @param requests the most bytes of keys and values of the requests that run
   * @param prefixCache the most bytes of prompts that nobody needs at present
   */
  public record Limits(int slots, long requests, long prefixCache) {}

  /**
   * Starts a scheduler.
   *
   * @param decoder owned from now on
   * @param tokenizer not owned
   * @param name of its thread
   */
  public static Scheduler start(
      Decoder decoder, ChatTokenizer tokenizer, Limits limits, String name) {
    Scheduler scheduler = new Scheduler(decoder, tokenizer, limits, name);
    scheduler.thread.start();
    return scheduler;
  }

  /**
   * Draws samples that continue a prompt, and waits for them.
   *
   * @param ids the tokens of the prompt, not empty
   * @throws ContextLengthException if the prompt leaves no room in the context
   * @throws ModelException if the engine fails, the thread is interrupted, or memory can't hold
   *     what the request may need
   * @throws IllegalStateException if closed
   */
  public List<Generation> generate(int[] ids, GenerationConfig config) {
    int limit = limit(ids, config);
    if (limit <= 0) {
      throw new ContextLengthException(ids.length, decoder.config().maxPositionEmbeddings());
    }
    Request request = enqueue(ids, config, limit);
    try {
      return request.result.get();
    } catch (InterruptedException e) {
      request.result.cancel(false);
      Thread.currentThread().interrupt();
      throw new ModelException("Interrupted while generating", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof ClosedException) {
        throw closed();
      }
      throw new ModelException("Generation failed: " + cause.getMessage(), cause);
    }
  }

  /** Returns whether memory and the context can hold what a request may need. */
  boolean holds(int[] ids, GenerationConfig config) {
    int limit = limit(ids, config);
    return limit > 0
        && Request.positions(ids.length, Request.distinct(config), limit, slots) <= positions;
  }

  /** Returns the most tokens that a sample may get, ≤ 0 if the context has no room for any. */
  private int limit(int[] ids, GenerationConfig config) {
    return Math.min(config.maxTokens(), decoder.config().maxPositionEmbeddings() - ids.length);
  }

  /** Returns how many tokens of prompts that nobody needs at present are kept. */
  long retained() {
    return prefill.capacity();
  }

  private synchronized Request enqueue(int[] ids, GenerationConfig config, int limit) {
    if (closed) {
      throw closed();
    }
    Request request = new Request(requests++, ids, config, tokenizer, limit);
    long needed = request.positions(slots);
    if (needed > positions) {
      throw new ModelException(
          "The request may need the keys and values of %,d tokens and memory holds those of %,d: ask for fewer tokens or samples, or set fewer slots or more memory"
              .formatted(needed, positions));
    }
    waiting.add(request);
    notifyAll();
    return request;
  }

  private static ClosedException closed() {
    return new ClosedException();
  }

  /** Tells our own state from that of the engine. */
  private static final class ClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ClosedException() {
      super("The model is closed");
    }
  }

  private void run() {
    List<Request> admitted = new ArrayList<>();
    try {
      while (awaitWork(admitted.isEmpty())) {
        try {
          admit(admitted);
          rows.step(admitted);
          admitted.removeIf(this::retire);
          if (admitted.isEmpty()) {
            rows.clear();
          }
        } catch (RuntimeException | OutOfMemoryError e) {
          // Whatever was running is lost; what waits may still succeed.
          admitted.forEach(request -> request.result.completeExceptionally(e));
          prefill.clear(admitted);
          admitted.clear();
          rows.clear();
        }
      }
    } finally {
      refuseAll();
      admitted.forEach(request -> request.result.completeExceptionally(closed()));
      decoder.close();
    }
  }

  /** Waits until there is something to do; returns false when closed. */
  private synchronized boolean awaitWork(boolean idle) {
    try {
      while (!closed && idle && waiting.isEmpty()) {
        wait();
      }
    } catch (InterruptedException e) {
      closed = true; // nobody but close() has a reason to
    }
    return !closed;
  }

  /** Whatever ends the thread, nobody waits for it after that. */
  private synchronized void refuseAll() {
    closed = true;
    waiting.drain().forEach(request -> request.result.completeExceptionally(closed()));
  }

  /** Returns the next request, unless what it may need must first be freed by others. */
  private synchronized Optional<Request> next(List<Request> admitted) {
    long free = positions - admitted.stream().mapToLong(r -> r.positions(slots)).sum();
    return waiting.next(request -> request.positions(slots) <= free);
  }

  /**
   * Fills the free slots: first with further samples of prompts that are read, then with new ones.
   */
  private void admit(List<Request> admitted) {
    admitted.stream().filter(Request::isRead).forEach(request -> start(request, admitted));
    while (free(admitted) > 0) {
      Optional<Request> next = next(admitted);
      if (next.isEmpty()) {
        return;
      }
      Request request = next.get();
      if (!request.result.isCancelled()) {
        admitted.add(request);
        prefill.read(request, admitted);
      }
      if (request.isRead()) {
        start(request, admitted);
      }
    }
  }

  /** Gives samples slots, and the prompt away as soon as all have what they need of it. */
  private void start(Request request, List<Request> admitted) {
    rows.seat(request, request.start(free(admitted), decoder));
    if (!request.needsPrompt()) {
      prefill.retain(request);
    }
  }

  private int free(List<Request> admitted) {
    return slots - admitted.stream().mapToInt(request -> request.running().size()).sum();
  }

  private boolean retire(Request request) {
    if (!request.isDone() && !request.result.isCancelled()) {
      return false;
    }
    prefill.retain(request);
    if (!request.result.isCancelled()) {
      request.complete();
    }
    return true;
  }

  /** Ends all requests with an {@link IllegalStateException} and frees the decoder. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
