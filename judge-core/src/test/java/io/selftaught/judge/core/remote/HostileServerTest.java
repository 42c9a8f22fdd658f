package io.selftaught.judge.core.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.ContextLengthException;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.JudgeException;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.core.remote.FakeServer.Answer;
import io.selftaught.judge.core.remote.FakeServer.Request;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that hang, break off, lie and flood: each ends in a typed error, and in time. */
@Timeout(20)
class HostileServerTest {

  private static final List<ChatMessage> HELLO = List.of(ChatMessage.user("Hello"));
  private static final GenerationConfig GREEDY = GenerationConfig.greedy(5);
  private static final Answer GOOD =
      Answer.json(
          "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}");

  private static JudgeException failure(RemoteModel.Builder builder) {
    return failure(builder, GREEDY);
  }

  private static JudgeException failure(RemoteModel.Builder builder, GenerationConfig config) {
    try (RemoteModel model = builder.build()) {
      List<Generation> unexpected = model.generate(HELLO, config);
      throw new AssertionError("an answer: " + unexpected);
    } catch (JudgeException e) {
      return e;
    }
  }

  /** Answers with each in turn, and then always with the last. */
  private static Function<Request, Answer> inTurn(Answer... answers) {
    AtomicInteger next = new AtomicInteger();
    return request -> answers[Math.min(next.getAndIncrement(), answers.length - 1)];
  }

  // Trouble that may pass

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
  void passingTrouble_isTriedAgain(int status) {
    Answer bad = Answer.status(status, "{\"error\":{\"message\":\"busy\"}}");
    try (FakeServer server = FakeServer.answering(inTurn(bad, bad, GOOD));
        RemoteModel model = server.model().build()) {
      assertThat(model.generate(HELLO, GREEDY).get(0).text()).isEqualTo("Hi");
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void lastingTrouble_endsAfterTheRetriesWithTheWordsOfTheServer() {
    try (FakeServer server =
        FakeServer.answering(inTurn(Answer.status(500, "{\"error\":{\"message\":\"bust\"}}")))) {
      assertThat(failure(server.model()))
          .isInstanceOf(ModelException.class)
          .hasMessage("No answer in 3 tries; last: HTTP 500: bust");
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void retryAfter_isWaitedFor() {
    Answer wait = Answer.status(429, "{}").with("Retry-After", "0.4");
    try (FakeServer server = FakeServer.answering(inTurn(wait, GOOD));
        RemoteModel model = server.model().build()) {
      long start = System.nanoTime();
      model.generate(HELLO, GREEDY);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(390));
    }
  }

  @Test
  void retryAfter_beyondTheDeadline_failsAtOnce() {
    Answer wait = Answer.status(429, "{}").with("Retry-After", "999999999999");
    try (FakeServer server = FakeServer.answering(inTurn(wait, GOOD))) {
      assertThat(failure(server.model()))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("deadline")
          .hasMessageContaining("429");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void backoff_beyondTheDeadline_failsAtOnce() {
    try (FakeServer server = FakeServer.answering(inTurn(Answer.status(503, "{}")))) {
      long start = System.nanoTime();
      JudgeException failure =
          failure(server.model().backoff(Duration.ofSeconds(5)).deadline(Duration.ofMillis(900)));

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2_000));
      assertThat(failure)
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("deadline")
          .hasMessageContaining("503");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void emptyAccount_isNotTriedAgain() {
    Answer broke =
        Answer.status(
            429, "{\"error\":{\"message\":\"Out of credit\",\"code\":\"insufficient_quota\"}}");
    try (FakeServer server = FakeServer.answering(inTurn(broke))) {
      assertThat(failure(server.model()))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("Out of credit");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 413, 422})
  void refusedRequest_isNotTriedAgain(int status) {
    try (FakeServer server =
        FakeServer.answering(inTurn(Answer.status(status, "no ".repeat(5000))))) {
      assertThat(failure(server.model()))
          .isInstanceOf(InvalidInputException.class)
          .isNotInstanceOf(ContextLengthException.class)
          .hasMessageContaining("HTTP " + status + ": no no no")
          .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(600));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void redirect_isNotFollowed() {
    try (FakeServer server =
        FakeServer.answering(
            inTurn(Answer.status(302, "").with("Location", "http://localhost:1/elsewhere")))) {
      assertThat(failure(server.model())).hasMessageContaining("HTTP 302");
      assertThat(server.requests()).hasSize(1);
    }
  }

  // Answers that make no sense

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"choices\":[{\"index\":0,\"mess",
        "{}",
        "{\"choices\":null}",
        "{\"choices\":[]}",
        "{\"choices\":[7]}",
        "{\"choices\":[{}]}",
        "{\"choices\":[{\"index\":0,\"message\":{\"content\":7},\"finish_reason\":\"stop\"}]}",
        "{\"choices\":[{\"index\":1,\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}",
        "{\"choices\":[{\"index\":0.5,\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}",
        "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}],\"usage\":3}"
      })
  void brokenAnswer_isAModelException(String body) {
    try (FakeServer server = FakeServer.answering(inTurn(Answer.json(body)))) {
      assertThat(failure(server.model())).isInstanceOf(ModelException.class);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void deeplyNestedAnswer_isAModelException() {
    String deep = "{\"a\":" + "[".repeat(100_000);
    try (FakeServer server = FakeServer.answering(inTurn(Answer.json(deep)))) {
      assertThat(failure(server.model())).isInstanceOf(ModelException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0,0", "0,2", "1,2", "-1,0", "0,1,2"})
  void choices_withWrongIndexes_areAModelException(String indexes) {
    List<String> choices = new ArrayList<>();
    for (String index : indexes.split(",", -1)) {
      choices.add(
          "{\"index\":%s,\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}"
              .formatted(index));
    }
    Answer answer = Answer.json("{\"choices\":[" + String.join(",", choices) + "]}");
    try (FakeServer server = FakeServer.answering(inTurn(answer))) {
      assertThat(failure(server.model(), GREEDY.toBuilder().temperature(1).samples(2).build()))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("makes no sense");
    }
  }

  @Test
  void otherContentType_isAModelException() {
    Answer page = new Answer(200, Map.of("Content-Type", "text/html"), "<html>Welcome</html>");
    try (FakeServer server = FakeServer.answering(inTurn(page))) {
      assertThat(failure(server.model()))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("text/html");
    }
  }

  @Test
  void errorWithStatus200_isAnError() {
    Answer error = Answer.json("{\"error\":{\"message\":\"upstream died\",\"code\":502}}");
    try (FakeServer server = FakeServer.answering(inTurn(error, error, GOOD));
        RemoteModel model = server.model().build()) {
      assertThat(model.generate(HELLO, GREEDY).get(0).text()).isEqualTo("Hi");
      assertThat(server.requests()).hasSize(3);
    }
  }

  // Connections that go wrong

  @Test
  void nobodyThere_isAModelException() {
    URI url;
    try (RawServer server = new RawServer(RawServer.sending(""))) {
      url = server.url();
    }
    assertThat(failure(FakeServer.impatient(url)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("3 tries");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{\"cho",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"cho"
      })
  void connectionThatEndsEarly_isTriedAgainAndThenAModelException(String sent) {
    try (RawServer server = new RawServer(RawServer.sending(sent))) {
      assertThat(failure(server.model()))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("3 tries");
      assertThat(server.connections()).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void reset_isTriedAgainAndThenAModelException() {
    try (RawServer server = new RawServer((socket, out) -> socket.setSoLinger(true, 0))) {
      assertThat(failure(server.model())).isInstanceOf(ModelException.class);
    }
  }

  @Test
  void hang_endsAtTheRequestTimeout() {
    try (RawServer server = new RawServer((socket, out) -> Thread.sleep(60_000))) {
      assertThat(failure(server.model().requestTimeout(Duration.ofMillis(300))))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("within 300 ms");
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void hang_endsAtTheDeadline() {
    try (RawServer server = new RawServer((socket, out) -> Thread.sleep(60_000))) {
      assertThat(failure(server.model().deadline(Duration.ofMillis(400))))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("deadline");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void drippingBody_endsAtTheRequestTimeoutAndIsHungUpOn() throws InterruptedException {
    try (RawServer server = new RawServer(RawServer.flooding(1, 20))) {
      assertThat(failure(server.model().maxRetries(0).requestTimeout(Duration.ofMillis(200))))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("no whole answer");
      assertThat(server.hungUp().await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void endlessBody_isCutAtTheLimitAndHungUpOn() throws InterruptedException {
    try (RawServer server = new RawServer(RawServer.flooding(8192, 0))) {
      assertThat(failure(server.model().maxResponseBytes(100_000)))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("100000 bytes");
      assertThat(server.hungUp().await(5, TimeUnit.SECONDS)).isTrue();
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  // Ending a call from this side

  @Test
  void close_whileInFlight_endsTheCall() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            (socket, out) -> {
              asked.countDown();
              Thread.sleep(60_000);
            })) {
      RemoteModel model = server.model().build();
      ExecutorService thread = Executors.newSingleThreadExecutor();
      Future<List<Generation>> call = thread.submit(() -> model.generate(HELLO, GREEDY));
      asked.await();
      model.close();

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> call.get(8, TimeUnit.SECONDS))
          .withCauseInstanceOf(IllegalStateException.class);
      assertThatIllegalStateException().isThrownBy(() -> model.generate(HELLO, GREEDY));
      thread.shutdown();
    }
  }

  @Test
  void interrupt_endsTheCallAndStays() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                (socket, out) -> {
                  asked.countDown();
                  Thread.sleep(60_000);
                });
        RemoteModel model = server.model().build()) {
      assertInterruptible(model, asked);
    }
  }

  @Test
  void interrupt_betweenTries_endsTheCallAndStays() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (FakeServer server =
            FakeServer.answering(
                request -> {
                  asked.countDown();
                  return Answer.status(503, "{}").with("Retry-After", "8");
                });
        RemoteModel model = server.model().build()) {
      assertInterruptible(model, asked);
    }
  }

  private static void assertInterruptible(RemoteModel model, CountDownLatch asked)
      throws InterruptedException {
    List<Object> outcome = new CopyOnWriteArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                outcome.add(model.generate(HELLO, GREEDY));
              } catch (RuntimeException e) {
                outcome.add(e);
              }
              outcome.add(Thread.currentThread().isInterrupted());
            });
    thread.start();
    asked.await();
    Thread.sleep(50);
    thread.interrupt();
    thread.join(8000);

    assertThat(outcome).hasSize(2);
    assertThat(outcome.get(0)).isInstanceOf(ModelException.class);
    assertThat(outcome.get(1)).isEqualTo(true);
  }
}
