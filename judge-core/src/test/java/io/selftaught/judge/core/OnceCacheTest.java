package io.selftaught.judge.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.ModelException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OnceCacheTest {

  private final OnceCache<String> cache = OnceCache.unlimited();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void stop() throws InterruptedException {
    release.countDown();
    threads.shutdownNow();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  /** Says when it is asked, and answers when it may; an interrupt ends it as it ends a model. */
  private String slowly(String value) {
    started.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("Interrupted while making it", e);
    }
    return value;
  }

  private static Supplier<String> never() {
    return () -> {
      throw new AssertionError("made twice");
    };
  }

  /** Waits until another thread waits in the cache. */
  private static void awaitWaiting(Thread thread) throws InterruptedException {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.sleep(1);
    }
  }

  @Test
  void get_known_isNotMadeAgain() {
    assertThat(cache.get("k", () -> "v")).isEqualTo("v");
    assertThat(cache.get("k", never())).isEqualTo("v");
  }

  @Test
  void get_whatIsBeingMade_waitsForIt() throws Exception {
    Future<String> first = threads.submit(() -> cache.get("k", () -> slowly("v")));
    started.await();
    Future<String> second = threads.submit(() -> cache.get("k", never()));
    assertThat(second.isDone()).isFalse();
    release.countDown();

    assertThat(first.get()).isEqualTo("v");
    assertThat(second.get()).isEqualTo("v");
  }

  @Test
  void get_otherKey_doesNotWait() throws Exception {
    Future<String> first = threads.submit(() -> cache.get("k", () -> slowly("v")));
    started.await();

    assertThat(cache.get("other", () -> "w")).isEqualTo("w");
    assertThat(first.isDone()).isFalse();
  }

  @Test
  void get_makerInterrupted_whoWaitedMakesItInstead() throws Exception {
    Future<String> first = threads.submit(() -> cache.get("k", () -> slowly("v")));
    started.await();
    Thread second =
        new Thread(() -> assertThat(cache.get("k", () -> "second")).isEqualTo("second"));
    second.start();
    awaitWaiting(second);
    first.cancel(true);
    second.join();

    assertThat(cache.get("k", never())).isEqualTo("second");
  }

  @Test
  void get_makerFails_whoWaitedFailsAlike() throws Exception {
    IllegalArgumentException failure = new IllegalArgumentException("no such thing");
    Future<String> first =
        threads.submit(
            () ->
                cache.get(
                    "k",
                    () -> {
                      slowly("v");
                      throw failure;
                    }));
    started.await();
    Thread[] waiting = new Thread[1];
    Future<String> second =
        threads.submit(
            () -> {
              waiting[0] = Thread.currentThread();
              return cache.get("k", never());
            });
    while (waiting[0] == null) {
      Thread.sleep(1);
    }
    awaitWaiting(waiting[0]);
    release.countDown();

    assertThatThrownBy(first::get).hasCause(failure);
    assertThatThrownBy(second::get).hasCause(failure);
    assertThat(cache.get("k", () -> "again")).isEqualTo("again");
  }

  @Test
  void get_waitingAndInterrupted_givesUp() throws Exception {
    Future<String> first = threads.submit(() -> cache.get("k", () -> slowly("v")));
    started.await();
    Future<Boolean> second =
        threads.submit(
            () -> {
              Thread.currentThread().interrupt();
              assertThatThrownBy(() -> cache.get("k", never())).isInstanceOf(ModelException.class);
              return Thread.interrupted();
            });

    assertThat(second.get()).as("still interrupted").isTrue();
    assertThat(first.isDone()).isFalse();
  }

  @Test
  void latest_full_forgetsWhatWasNotWantedForLongest() {
    OnceCache<String> two = OnceCache.latest(2);
    two.put("a", "1");
    two.put("b", "2");
    assertThat(two.get("a", never())).isEqualTo("1");
    two.put("c", "3");

    assertThat(two.get("a", never())).isEqualTo("1");
    assertThat(two.get("b", () -> "made again")).isEqualTo("made again");
  }
}
