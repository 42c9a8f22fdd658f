package io.selftaught.judge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.ChatMessage.Role;
import io.selftaught.judge.Comparison;
import io.selftaught.judge.ContextLengthException;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Order;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.remote.RemoteModel;
import io.selftaught.judge.djl.DjlModel;
import io.selftaught.judge.djl.DjlOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Comparing is the same whether the model runs in the process or on a server that serves it. */
@SuppressWarnings("NullAway.Init") // Set by open.
class CompareContractTest {

  private static final Comparison RIVER = Comparison.of("Name a river.", "The Nile.", "K2.");
  private static final GenerationConfig GREEDY = GenerationConfig.greedy(12);

  /** Short, for a model with room for 128 tokens. */
  private static final JudgePrompt SHORT =
      JudgePrompt.builder("short", "{prompt} {a} or {b}?").build();

  private static DjlModel djl;
  private static HttpServer server;
  private static RemoteModel remote;

  enum Place {
    IN_THE_PROCESS,
    ON_A_SERVER;

    LanguageModel model() {
      return this == IN_THE_PROCESS ? djl : remote;
    }
  }

  @BeforeAll
  static void open() throws IOException {
    djl =
        DjlModel.load(
            Path.of("../../judge-djl/src/test/resources/reference/tiny-llama"),
            DjlOptions.builder().dataType(DjlOptions.DataType.FP32).build());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", CompareContractTest::complete);
    server.start();
    remote =
        RemoteModel.builder(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1"), "tiny")
            .build();
  }

  @AfterAll
  static void close() {
    remote.close();
    server.stop(0);
    djl.close();
  }

  @ParameterizedTest
  @EnumSource
  void compare_inBothOrders_keepsWhatTheModelWroteInEach(Place place) {
    Judge judge = Judges.bothOrders(Judges.prompted(place.model(), SHORT, GREEDY));

    Judgment judgment = judge.compare(RIVER);

    assertThat(judgment.traces()).extracting(Trace::order).containsExactly(Order.AB, Order.BA);
    for (Trace trace : judgment.traces()) {
      Generation alone = djl.generate(SHORT.render(RIVER.in(trace.order())), GREEDY).get(0);
      assertThat(trace.text()).isEqualTo(alone.text()).isNotBlank();
      assertThat(trace.usage()).isEqualTo(alone.usage());
    }
    assertThat(judge.compare(RIVER)).isEqualTo(judgment);
  }

  @ParameterizedTest
  @EnumSource
  void compare_replyWithoutVerdict_isNoPreference(Place place) {
    Judgment judgment = Judges.prompted(place.model(), SHORT, GREEDY).compare(RIVER);

    assertThat(judgment.verdict()).isEqualTo(Verdict.undecided(Verdict.Cause.TRUNCATED));
  }

  @ParameterizedTest
  @EnumSource
  void compare_beyondTheContext_isFailedAndSaysWhy(Place place) {
    Judgment judgment =
        Judges.prompted(place.model(), JudgePrompt.standard(), GREEDY).compare(RIVER);

    assertThat(judgment.verdict()).isEqualTo(Verdict.undecided(Verdict.Cause.FAILED));
    assertThat(judgment.traces().get(0).text()).contains("128");
  }

  private static void complete(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] asked = exchange.getRequestBody().readAllBytes();
      JsonRecord request = JsonRecord.parse(new String(asked, StandardCharsets.UTF_8));
      List<ChatMessage> messages =
          request.records("messages").stream()
              .map(
                  message ->
                      new ChatMessage(
                          Role.valueOf(message.text("role").toUpperCase(Locale.ROOT)),
                          message.text("content")))
              .toList();
      try {
        answer(exchange, 200, reply(djl.generate(messages, GREEDY).get(0)));
      } catch (ContextLengthException e) {
        String message =
            "This model's maximum context length is %d tokens. However, your request has %d input tokens."
                .formatted(e.contextTokens(), e.promptTokens());
        JsonRecord error = JsonRecord.builder().put("message", message).put("code", 400).build();
        answer(exchange, 400, JsonRecord.builder().put("error", error).build());
      }
    }
  }

  private static JsonRecord reply(Generation generation) {
    JsonRecord message =
        JsonRecord.builder().put("role", "assistant").put("content", generation.text()).build();
    JsonRecord choice =
        JsonRecord.builder()
            .put("index", 0)
            .put("message", message)
            .put("finish_reason", generation.finishReason().name().toLowerCase(Locale.ROOT))
            .build();
    JsonRecord usage =
        JsonRecord.builder()
            .put("prompt_tokens", generation.usage().promptTokens().orElseThrow())
            .put("completion_tokens", generation.usage().completionTokens().orElseThrow())
            .build();
    return JsonRecord.builder().putRecords("choices", List.of(choice)).put("usage", usage).build();
  }

  private static void answer(HttpExchange exchange, int status, JsonRecord json)
      throws IOException {
    byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
