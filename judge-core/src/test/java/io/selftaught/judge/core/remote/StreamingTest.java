package io.selftaught.judge.core.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.LanguageModelContract;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.ScriptedModel;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.JudgeExecutor;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.remote.FakeServer.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class StreamingTest {

  private static final List<ChatMessage> HELLO = List.of(ChatMessage.user("Hello"));
  private static final GenerationConfig GREEDY = GenerationConfig.greedy(5);
  private static final String HEADERS =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
  private static final String PART = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}";
  private static final String LAST =
      "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":null}";

  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class Contract extends LanguageModelContract {
    private final FakeServer server =
        FakeServer.answering(new Completions(ScriptedModel.rambling()));

    @AfterAll
    void stopServer() {
      server.close();
    }

    @Override
    protected LanguageModel open() {
      return server.model().streaming(true).build();
    }

    @Override
    protected List<ChatMessage> tooLong() {
      return ScriptedModel.tooLong();
    }
  }

  @Test
  void streamedAnswer_isTheWholeOneWithItsUsage() {
    String usage = "{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}";
    try (FakeServer server =
        FakeServer.answering(request -> Events.stream(PART, PART, LAST, usage, "[DONE]"))) {
      Generation answer = answer(server.model());

      assertThat(answer.text()).isEqualTo("HiHi");
      assertThat(answer.usage()).isEqualTo(Usage.of(9, 2));
      JsonRecord request = server.chats().get(0);
      assertThat(request.flag("stream")).isTrue();
      assertThat(request.record("stream_options").flag("include_usage")).isTrue();
    }
  }

  @Test
  void streamedAnswer_withoutUsage_isUnknown() {
    try (FakeServer server = FakeServer.answering(r -> Events.stream(PART, LAST, "[DONE]"))) {
      assertThat(answer(server.model()).usage()).isEqualTo(Usage.UNKNOWN);
    }
  }

  @Test
  void serverThatDoesNotStream_isUnderstood() {
    Answer whole =
        Answer.json(
            "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}");
    try (FakeServer server = FakeServer.answering(request -> whole)) {
      assertThat(answer(server.model()).text()).isEqualTo("Hi");
    }
  }

  @Test
  void eventsNotAskedFor_areAModelException() {
    try (FakeServer server = FakeServer.answering(r -> Events.stream(PART, LAST, "[DONE]"));
        RemoteModel model = server.model().build()) {
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> model.generate(HELLO, GREEDY))
          .withMessageContaining("text/event-stream");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "data: " + PART + "\n\n",
        "data: " + PART + "\n\ndata: " + LAST + "\n\n",
        "data: " + PART + "\n\ndata: {\"choi",
        "data: " + PART + "\n\ndata: [DONE]"
      })
  void streamThatEndsEarly_isTriedAgainAndThenAModelException(String events) {
    try (RawServer server = new RawServer(RawServer.sending(HEADERS + events))) {
      assertThat(failure(server.model()))
          .hasMessageContaining("3 tries")
          .hasMessageContaining("[DONE]");
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"choi",
        "[]",
        "{\"choices\":7}",
        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":7}}]}",
        "{\"choices\":[{\"index\":0,\"delta\":\"Hi\"}]}"
      })
  void brokenEvent_isAModelException(String event) {
    try (FakeServer server =
        FakeServer.answering(r -> Events.stream(PART, event, LAST, "[DONE]"))) {
      assertThat(failure(server.model())).hasMessageContaining("broken event");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void streamWithoutAnEndOfItsChoice_isAModelException() {
    try (FakeServer server = FakeServer.answering(r -> Events.stream(PART, "[DONE]"))) {
      assertThat(failure(server.model())).hasMessageContaining("makes no sense");
    }
  }

  @Test
  void errorInTheStream_isTriedAgainAndThenAModelExceptionWithItsWords() {
    String error = "{\"error\":{\"message\":\"engine died\",\"code\":500}}";
    try (FakeServer server = FakeServer.answering(r -> Events.stream(PART, error))) {
      assertThat(failure(server.model())).hasMessageContaining("engine died");
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void slowStream_outlivesTheRequestTimeoutAsLongAsItGoesOn() {
    try (RawServer server =
        new RawServer(
            (socket, out) -> {
              out.write(HEADERS.getBytes(StandardCharsets.UTF_8));
              for (int i = 0; i < 12; i++) {
                out.write(("data: " + PART + "\n\n").getBytes(StandardCharsets.UTF_8));
                Thread.sleep(100);
              }
              out.write(
                  ("data: " + LAST + "\n\ndata: [DONE]\n\n").getBytes(StandardCharsets.UTF_8));
              Thread.sleep(60_000);
            })) {
      assertThat(answer(server.model().requestTimeout(Duration.ofMillis(800))).text())
          .isEqualTo("Hi".repeat(12));
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void streamThatFallsSilent_endsAtTheRequestTimeoutAndIsHungUpOn() throws Exception {
    try (RawServer server = new RawServer(silentAfter(1))) {
      assertThat(failure(server.model().maxRetries(0).requestTimeout(Duration.ofMillis(300))))
          .hasMessageContaining("within 300 ms");
      assertThat(server.hungUp().await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void endlessStream_endsAtTheDeadlineAndIsHungUpOn() throws Exception {
    try (RawServer server = new RawServer(endless())) {
      assertThat(failure(server.model().deadline(Duration.ofMillis(400))))
          .hasMessageContaining("deadline");
      assertThat(server.hungUp().await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void endlessStream_isCutAtTheLimitAndHungUpOn() throws Exception {
    try (RawServer server = new RawServer(endless())) {
      assertThat(failure(server.model().maxResponseBytes(1_000)))
          .hasMessageContaining("1000 bytes");
      assertThat(server.hungUp().await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void deadlineOfACall_reallyStopsTheServer() throws Exception {
    try (RawServer server = new RawServer(endless());
        RemoteModel model = streaming(server.model());
        JudgeExecutor executor =
            JudgeExecutor.builder(Judges.prompted(model))
                .callDeadline(Duration.ofMillis(300))
                .build()) {
      assertThat(executor.compareAsync(Comparison.of("Why?", "a", "b")).get().verdict())
          .isEqualTo(Verdict.undecided(Cause.FAILED));
      assertThat(server.hungUp().await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static RawServer.Misdeed endless() {
    return silentAfter(Integer.MAX_VALUE);
  }

  /** Sends so many events, and then nothing until the other side hangs up. */
  private static RawServer.Misdeed silentAfter(int events) {
    return (socket, out) -> {
      out.write(HEADERS.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < events; i++) {
        out.write(("data: " + PART + "\n\n").getBytes(StandardCharsets.UTF_8));
        Thread.sleep(20);
      }
      socket.setSoTimeout(10_000);
      while (socket.getInputStream().read() >= 0) {
        // what is left of the request
      }
      throw new IOException("hung up");
    };
  }

  private static RemoteModel streaming(RemoteModel.Builder builder) {
    return builder.streaming(true).build();
  }

  private static Generation answer(RemoteModel.Builder builder) {
    try (RemoteModel model = streaming(builder)) {
      return model.generate(HELLO, GREEDY).get(0);
    }
  }

  private static ModelException failure(RemoteModel.Builder builder) {
    try {
      throw new AssertionError("an answer: " + answer(builder));
    } catch (ModelException e) {
      return e;
    }
  }
}
