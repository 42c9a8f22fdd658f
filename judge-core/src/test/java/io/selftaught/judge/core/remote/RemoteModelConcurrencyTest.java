package io.selftaught.judge.core.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.core.remote.FakeServer.Answer;
import io.selftaught.judge.core.remote.FakeServer.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many calls at once, and the limits on them. */
@Timeout(20)
class RemoteModelConcurrencyTest {

  private static final List<ChatMessage> HELLO = List.of(ChatMessage.user("Hello"));
  private static final GenerationConfig GREEDY = GenerationConfig.greedy(5);
  private static final Answer GOOD =
      Answer.json(
          "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}");

  @Test
  void manyCallsOnAFlakyServer_noneIsLostOrDoubled() throws Exception {
    Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch two = new CountDownLatch(2);
    Function<Request, Answer> script =
        request -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          two.countDown();
          await(two); // on a busy machine one request might end before the next one comes
          String id = request.body().records("messages").get(0).text("content");
          boolean failing =
              tries.computeIfAbsent(id, key -> new AtomicInteger()).incrementAndGet() == 1
                  && id.hashCode() % 3 == 0;
          now.decrementAndGet();
          return failing
              ? Answer.status(503, "{}")
              : Answer.json(GOOD.body().replace("Hi", "re " + id));
        };
    try (FakeServer server = FakeServer.answering(script);
        RemoteModel model = server.model().maxConcurrency(8).build()) {
      ExecutorService threads = Executors.newFixedThreadPool(60);
      List<Future<String>> calls = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        List<ChatMessage> message = List.of(ChatMessage.user("id" + i));
        calls.add(threads.submit(() -> model.generate(message, GREEDY).get(0).text()));
      }
      for (int i = 0; i < calls.size(); i++) {
        assertThat(calls.get(i).get()).isEqualTo("re id" + i);
      }
      threads.shutdown();

      assertThat(tries).hasSize(400);
      assertThat(tries)
          .allSatisfy((id, n) -> assertThat(n).hasValue(id.hashCode() % 3 == 0 ? 2 : 1));
      assertThat(most.get()).isBetween(2, 8);
    }
  }

  @Test
  void concurrencyLimit_survivesFailuresAndTimeOuts() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Function<Request, Answer> script =
        request -> {
          await(release);
          return GOOD;
        };
    try (FakeServer server = FakeServer.answering(script);
        RemoteModel model =
            server.model().maxConcurrency(1).deadline(Duration.ofSeconds(1)).build()) {
      ExecutorService threads = Executors.newFixedThreadPool(6);
      List<Future<List<Generation>>> calls = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        calls.add(threads.submit(() -> model.generate(HELLO, GREEDY)));
      }
      for (Future<List<Generation>> call : calls) {
        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(call::get)
            .withCauseInstanceOf(ModelException.class);
      }
      release.countDown();
      threads.shutdown();

      assertThat(model.generate(HELLO, GREEDY).get(0).text()).isEqualTo("Hi");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void rateLimit_spreadsTheRequests() {
    try (FakeServer server = FakeServer.answering(request -> GOOD);
        RemoteModel model = server.model().rateLimit(20, Duration.ofSeconds(1)).build()) {
      long start = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        model.generate(HELLO, GREEDY);
      }

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(195));
    }
  }
}
