package io.selftaught.judge.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JudgeExecutorTest {

  private static final Comparison COMPARISON = Comparison.of("p", "a", "b");

  /** Says why by repeating the prompt. */
  private static final Judge ECHO =
      c -> new Judgment(Verdict.decided(Preference.A), c.prompt(), List.of());

  @Test
  void compareAsync_givesTheJudgment() {
    try (JudgeExecutor executor = JudgeExecutor.builder(ECHO).build()) {
      assertThat(executor.compareAsync(COMPARISON).join()).isEqualTo(ECHO.compare(COMPARISON));
    }
  }

  @Test
  void compareAsync_cancelled_interruptsTheJudge() throws Exception {
    Stuck judge = new Stuck();
    try (JudgeExecutor executor = JudgeExecutor.builder(judge).build()) {
      CompletableFuture<Judgment> judgment = executor.compareAsync(COMPARISON);
      judge.begun.await();

      judgment.cancel(true);

      assertThat(judge.interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void compareAsync_cancelledBeforeItsTurn_neverAsks() throws Exception {
    Stuck judge = new Stuck();
    try (JudgeExecutor executor = JudgeExecutor.builder(judge).concurrency(1).build()) {
      CompletableFuture<Judgment> first = executor.compareAsync(COMPARISON);
      judge.begun.await();
      executor.compareAsync(COMPARISON).cancel(true);
      first.cancel(true);
      assertThat(judge.interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(judge.calls).hasValue(1);
  }

  @Test
  void compareAsync_judgeThrows_endsWithThat() {
    Judge closed =
        c -> {
          throw new IllegalStateException("closed");
        };
    try (JudgeExecutor executor = JudgeExecutor.builder(closed).build()) {
      assertThat(executor.compareAsync(COMPARISON))
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableThat()
          .withCauseInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void callDeadline_passed_isAFailureAndInterruptsTheJudge() throws Exception {
    Stuck judge = new Stuck();
    try (JudgeExecutor executor =
        JudgeExecutor.builder(judge).callDeadline(Duration.ofMillis(50)).build()) {
      Judgment judgment = executor.compareAsync(COMPARISON).join();

      assertThat(judgment.verdict()).isEqualTo(Verdict.undecided(Cause.FAILED));
      assertThat(judgment.traces().get(0).text()).contains("deadline of the call", "50 ms");
      assertThat(judgment.usage().promptTokens()).isEmpty();
      assertThat(judge.interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void runDeadline_passed_failsTheRestWithoutAsking() {
    Stuck judge = new Stuck();
    try (JudgeExecutor executor =
        JudgeExecutor.builder(judge).concurrency(2).runDeadline(Duration.ofMillis(300)).build()) {
      List<Judgment> judgments =
          executor.compareAll(Stream.generate(() -> COMPARISON).limit(50)).toList();

      assertThat(judgments)
          .hasSize(50)
          .allSatisfy(j -> assertThat(j.verdict()).isEqualTo(Verdict.undecided(Cause.FAILED)));
      assertThat(judgments.get(49).traces().get(0).text()).contains("deadline of the run");
      assertThat(judge.calls.get()).isBetween(1, 4);
    }
  }

  @Test
  void compareAll_slowFirst_keepsTheOrder() {
    Judge uneven =
        c -> {
          sleep(c.prompt().equals("0") ? 100 : 1);
          return ECHO.compare(c);
        };
    try (JudgeExecutor executor = JudgeExecutor.builder(uneven).build()) {
      assertThat(executor.compareAll(numbered().limit(200)).map(Judgment::rationale))
          .containsExactlyElementsOf(IntStream.range(0, 200).mapToObj(String::valueOf).toList());
    }
  }

  @Test
  void compareAll_endlessSource_isReadOnlyAsFarAsTheWindow() {
    AtomicInteger read = new AtomicInteger();
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Judge counting =
        c -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          sleep(1);
          now.decrementAndGet();
          return ECHO.compare(c);
        };
    try (JudgeExecutor executor = JudgeExecutor.builder(counting).concurrency(4).build();
        Stream<Judgment> judgments =
            executor.compareAll(numbered().peek(c -> read.incrementAndGet()))) {
      assertThat(judgments.limit(20).toList()).hasSize(20);
    }
    assertThat(read.get()).isBetween(20, 25);
    assertThat(most.get()).isBetween(1, 4);
  }

  @Test
  void compareAll_closedEarly_interruptsWhatIsUnderWayAndClosesTheSource() throws Exception {
    Stuck judge = new Stuck();
    AtomicBoolean sourceClosed = new AtomicBoolean();
    try (JudgeExecutor executor = JudgeExecutor.builder(judge).concurrency(3).build()) {
      Stream<Judgment> judgments =
          executor.compareAll(numbered().onClose(() -> sourceClosed.set(true)));
      Thread taker =
          new Thread(
              () ->
                  assertThatExceptionOfType(CancellationException.class)
                      .isThrownBy(() -> judgments.forEach(j -> {})));
      taker.start();
      judge.begun.await();
      taker.interrupt();
      taker.join();
      judgments.close();

      assertThat(judge.interrupted.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(sourceClosed).isTrue();
    }
  }

  @Test
  void compareAll_judgeThrows_throwsIt() {
    Judge broken =
        c -> {
          throw new IllegalStateException("closed");
        };
    try (JudgeExecutor executor = JudgeExecutor.builder(broken).build()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> executor.compareAll(numbered().limit(9)).toList())
          .withMessage("closed");
    }
  }

  @Test
  void close_cancelsAllThatIsNotFinished() throws Exception {
    Stuck judge = new Stuck();
    JudgeExecutor executor = JudgeExecutor.builder(judge).concurrency(1).build();
    CompletableFuture<Judgment> underWay = executor.compareAsync(COMPARISON);
    CompletableFuture<Judgment> waiting = executor.compareAsync(COMPARISON);
    judge.begun.await();

    executor.close();

    assertThat(underWay).isCancelled();
    assertThat(waiting).isCancelled();
    assertThat(judge.interrupted.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void close_laterCalls_areRefused() {
    JudgeExecutor executor = JudgeExecutor.builder(ECHO).build();
    executor.close();

    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> executor.compareAsync(COMPARISON));
  }

  @Test
  void builder_senselessSettings_areRefused() {
    JudgeExecutor.Builder builder = JudgeExecutor.builder(ECHO);
    assertThatIllegalArgumentException().isThrownBy(() -> builder.concurrency(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.callDeadline(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.runDeadline(Duration.ofSeconds(-1)));
  }

  private static Stream<Comparison> numbered() {
    return IntStream.iterate(0, i -> i + 1).mapToObj(i -> Comparison.of("" + i, "a", "b"));
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Thinks until it is interrupted. */
  private static final class Stuck implements Judge {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
    final AtomicInteger calls = new AtomicInteger();

    @Override
    public Judgment compare(Comparison comparison) {
      calls.incrementAndGet();
      begun.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
        Thread.currentThread().interrupt();
      }
      return Judgment.of(Verdict.undecided(Cause.FAILED));
    }
  }
}
