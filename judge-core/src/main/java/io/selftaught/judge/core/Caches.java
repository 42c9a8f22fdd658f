package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Throwables;
import com.google.common.cache.Cache;
import com.google.common.util.concurrent.ExecutionError;
import com.google.common.util.concurrent.UncheckedExecutionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Asks caches. */
final class Caches {

  private Caches() {}

  /**
   * Returns what is cached, or makes it; who wants the same meanwhile waits for it. What the maker
   * throws is thrown as it is, and nothing cached.
   */
  static <V> V get(Cache<String, V> cache, String key, Supplier<V> maker) {
    try {
      return cache.get(key, maker::get);
    } catch (UncheckedExecutionException | ExecutionError e) {
      Throwables.throwIfUnchecked(requireNonNull(e.getCause()));
      throw e;
    } catch (ExecutionException e) {
      throw new AssertionError("a supplier throws no checked exception", e);
    }
  }
}
