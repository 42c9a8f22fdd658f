package io.selftaught.judge.core;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.selftaught.judge.ModelException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Remembers values, and lets each be made once: who wants one that is being made waits for it.
 *
 * <p>Nobody waits with a lock held, as in a loading cache of Guava: a waiting thread can be
 * interrupted, and a virtual one leaves its carrier to others.
 */
final class OnceCache<V> {

  private final Cache<String, V> values;

  /** An empty result: its maker was interrupted, which is no reason for others to fail. */
  private final ConcurrentMap<String, CompletableFuture<Optional<V>>> making =
      new ConcurrentHashMap<>();

  private OnceCache(Cache<String, V> values) {
    this.values = values;
  }

  /** Creates one that forgets nothing. */
  static <V> OnceCache<V> unlimited() {
    return new OnceCache<>(CacheBuilder.newBuilder().build());
  }

  /** Creates one that holds so many values; what was not wanted for the longest goes first. */
  static <V> OnceCache<V> latest(int entries) {
    // One segment, so that the limit and the order of going hold for the whole.
    return new OnceCache<>(
        CacheBuilder.newBuilder().concurrencyLevel(1).maximumSize(entries).build());
  }

  void put(String key, V value) {
    values.put(key, value);
  }

  void remove(String key, V value) {
    values.asMap().remove(key, value);
  }

  void clear() {
    values.invalidateAll();
  }

  /**
   * Returns what is known, or makes it. What the maker throws is thrown as it is, also to those who
   * wait, and nothing remembered.
   *
   * @throws ModelException if the thread is interrupted while it waits
   */
  V get(String key, Supplier<V> maker) {
    while (true) {
      V known = values.getIfPresent(key);
      if (known != null) {
        return known;
      }
      CompletableFuture<Optional<V>> mine = new CompletableFuture<>();
      CompletableFuture<Optional<V>> others = making.putIfAbsent(key, mine);
      if (others == null) {
        return make(key, maker, mine);
      }
      Optional<V> made = await(others);
      if (made.isPresent()) {
        return made.get();
      }
    }
  }

  private V make(String key, Supplier<V> maker, CompletableFuture<Optional<V>> result) {
    try {
      // It may have been made between the look and the claim.
      V known = values.getIfPresent(key);
      V value = known != null ? known : maker.get();
      values.put(key, value);
      result.complete(Optional.of(value));
      return value;
    } catch (RuntimeException | Error e) {
      if (Thread.currentThread().isInterrupted()) {
        result.complete(Optional.empty());
      } else {
        result.completeExceptionally(e);
      }
      throw e;
    } finally {
      making.remove(key, result);
    }
  }

  private static <V> Optional<V> await(CompletableFuture<Optional<V>> others) {
    try {
      return others.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("Interrupted while another asked the same", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }
}
