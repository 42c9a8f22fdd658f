package io.selftaught.judge.djl.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.djl.NativeFootprint;
import io.selftaught.judge.djl.decoder.Decoder;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.decoder.LoraWeights;
import io.selftaught.judge.djl.decoder.References;
import io.selftaught.judge.djl.text.ChatTokenizer;
import io.selftaught.judge.djl.weights.ElementType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Many callers, prompts of all lengths, one and several samples, some given up half-way: each gets
 * what it gets alone. Products of more rows are rounded differently in the last bits, so that a
 * draw may, once in a long while, fall to the neighbour.
 */
class ManyRequestsTest {

  private static final int REQUESTS = 10_000;
  private static final int KINDS = 97;

  @Test
  void generate_tenThousandMixedRequests_noneIsLostMixedUpOrLeaked() throws Exception {
    withCallers(
        ElementType.F32,
        callers -> {
          callers.run(1_000);
          long before = NativeFootprint.mebibytes();
          int cancelled = callers.run(REQUESTS);
          assertThat(cancelled).isBetween(REQUESTS / 50, REQUESTS / 5);
          // The keys and values of the prompts alone are some 1.5 GiB.
          assertThat(NativeFootprint.mebibytes() - before).isLessThan(60);
        });
  }

  /**
   * What shares the batch must not be told from a text in bf16 either, whose roundings are coarse.
   */
  @Test
  void generate_aThousandInBfloat16_givesWhatEachGivesAlone() throws Exception {
    withCallers(ElementType.BF16, callers -> callers.run(1_000));
  }

  /** Sends requests of many threads to one scheduler. */
  @FunctionalInterface
  private interface Callers {

    /** Returns how many were given up. */
    int run(int requests) throws Exception;
  }

  @FunctionalInterface
  private interface Check {
    void accept(Callers callers) throws Exception;
  }

  private static void withCallers(ElementType type, Check check) throws Exception {
    // Room for some twenty requests: others wait for memory as well as for slots.
    var limits = new Scheduler.Limits(24, 4 << 20, 1 << 20);
    try (DecoderWeights weights = References.load(References.path("tiny-qwen2"), 512, type);
        LoraWeights none = LoraWeights.none(weights);
        ChatTokenizer tokenizer = ChatTokenizer.fromDirectory(References.path("tiny-qwen2"));
        Scheduler scheduler =
            Scheduler.start(Decoder.of(weights, none), tokenizer, limits, "many")) {
      Map<Integer, List<Generation>> alone = new HashMap<>();
      for (int kind = 0; kind < KINDS; kind++) {
        alone.put(kind, scheduler.generate(prompt(kind), config(kind)));
      }
      ExecutorService callers = Executors.newFixedThreadPool(64);
      ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
      try {
        check.accept(requests -> run(scheduler, callers, clock, requests, alone));
      } finally {
        clock.shutdownNow();
        callers.shutdownNow();
        assertThat(callers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      }
      // Whoever was given up left nothing behind that stands in the way of others.
      assertThat(scheduler.generate(prompt(5), config(5))).isEqualTo(alone.get(5));
    }
  }

  /** Returns how many were given up. */
  private static int run(
      Scheduler scheduler,
      ExecutorService callers,
      ScheduledExecutorService clock,
      int requests,
      Map<Integer, List<Generation>> alone)
      throws Exception {
    List<Future<List<Generation>>> futures = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      int kind = (i * 31) % KINDS;
      Optional<Duration> deadline =
          i % 10 == 0 ? Optional.of(Duration.ofMillis(i % 7)) : Optional.empty();
      futures.add(
          callers.submit(
              () ->
                  deadline.isPresent()
                      ? atMost(
                          deadline.get(),
                          clock,
                          () -> scheduler.generate(prompt(kind), config(kind)))
                      : scheduler.generate(prompt(kind), config(kind))));
    }
    int cancelled = 0;
    int different = 0;
    for (int i = 0; i < requests; i++) {
      List<Generation> found = futures.get(i).get(2, TimeUnit.MINUTES);
      if (found.isEmpty()) {
        cancelled++;
      } else {
        different += isSame(found, alone.get((i * 31) % KINDS)) ? 0 : 1;
      }
    }
    assertThat(different).isLessThanOrEqualTo(requests / 1000);
    return cancelled;
  }

  private static boolean isSame(List<Generation> found, List<Generation> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      if (!found.get(i).text().equals(expected.get(i).text())
          || !found.get(i).usage().equals(expected.get(i).usage())) {
        return false;
      }
      for (int t = 0; t < found.get(i).tokens().size(); t++) {
        assertThat(found.get(i).tokens().get(t).logProbability())
            .isCloseTo(expected.get(i).tokens().get(t).logProbability(), within(1e-4));
      }
    }
    return true;
  }

  /** Interrupts a call at a deadline; returns nothing if that came first. */
  private static List<Generation> atMost(
      Duration deadline, ScheduledExecutorService clock, Supplier<List<Generation>> call) {
    Thread caller = Thread.currentThread();
    AtomicBoolean ended = new AtomicBoolean();
    clock.schedule(
        () -> {
          if (ended.compareAndSet(false, true)) {
            caller.interrupt();
          }
        },
        deadline.toMillis(),
        TimeUnit.MILLISECONDS);
    try {
      return call.get();
    } catch (ModelException e) {
      assertThat(e).hasCauseInstanceOf(InterruptedException.class);
      return List.of();
    } finally {
      while (!ended.compareAndSet(false, true) && !Thread.interrupted()) {
        Thread.onSpinWait(); // the interrupt is on its way
      }
    }
  }

  private static int[] prompt(int kind) {
    int length = 1 + (kind * 37) % 330;
    return IntStream.range(0, length).map(i -> i < 256 ? i % 90 : (i * kind) % 90).toArray();
  }

  private static GenerationConfig config(int kind) {
    return GenerationConfig.builder()
        .maxTokens(1 + kind % 7)
        .temperature(kind % 3 == 0 ? 0 : 1)
        .seed(kind)
        .samples(1 + kind % 4)
        .logProbabilities(kind % 5 == 0)
        .build();
  }
}
