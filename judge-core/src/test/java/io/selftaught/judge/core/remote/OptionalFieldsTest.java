package io.selftaught.judge.core.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.remote.FakeServer.Answer;
import io.selftaught.judge.core.remote.FakeServer.Request;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that refuse a request for a field that it can do without. */
class OptionalFieldsTest {

  private static final List<ChatMessage> HELLO = List.of(ChatMessage.user("Hello"));
  private static final GenerationConfig CONFIG =
      GenerationConfig.builder()
          .maxTokens(20)
          .temperature(0.5)
          .seed(7)
          .choices("Hi", "Ho")
          .logProbabilities(true)
          .build();
  private static final Answer GOOD =
      Answer.json(
          "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}");

  /** Refuses each field that there is a complaint about, in the order of the request. */
  private static Function<Request, Answer> refusing(Map<String, String> complaints) {
    return request ->
        request.body().names().stream()
            .filter(complaints::containsKey)
            .findFirst()
            .map(field -> Answer.status(400, complaints.get(field)))
            .orElse(GOOD);
  }

  private static RemoteModel model(FakeServer server) {
    return server.model().server(Server.OTHER).build();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "temperature | {'error':{'message':'Unsupported value: `temperature` does not support 0.5 with this model. Only the default (1) value is supported.','type':'invalid_request_error','param':'temperature','code':'unsupported_value'}}",
        "temperature | {'error':{'message':'invalid temperature: only 1 is allowed for this model','type':'invalid_request_error'}}",
        "top_p | {'error':{'message':'`temperature` and `top_p` cannot both be specified for this model. Please use only one.','code':null}}",
        "seed | {'error':{'message':'Unrecognized request argument supplied: seed','param':null}}",
        "seed | {'object':'error','detail':[{'type':'extra_forbidden','loc':['body','seed'],'msg':'Extra inputs are not permitted','input':7}]}",
        "n | {'error':{'message':'Unknown parameter: `n`.','param':'n','code':'unknown_parameter'}}",
        "n | {'error':'this model does not support `n`'}",
        "logprobs | {'error':{'message':'logprobs is not supported with this model','param':'logprobs'}}",
        "top_logprobs | {'error':{'message':'top_logprobs must be between 0 and 5'}}"
      })
  void refusedField_isNotSentAgain(String field, String complaint) {
    try (FakeServer server =
            FakeServer.answering(refusing(Map.of(field, complaint.replace('\'', '"'))));
        RemoteModel model = model(server)) {
      model.generate(HELLO, CONFIG);
      Generation second = model.generate(HELLO, CONFIG).get(0);

      assertThat(second.text()).isEqualTo("Hi");
      assertThat(server.chats()).hasSize(3);
      assertThat(server.chats().get(0).names()).contains(field);
      assertThat(server.chats().subList(1, 3)).noneMatch(body -> body.has(field));
      assertThat(server.chats().get(1).names())
          .as("the others stay, but for alternatives of no log-probabilities")
          .hasSize(server.chats().get(0).names().size() - (field.equals("logprobs") ? 2 : 1));
    }
  }

  @Test
  void reasoningModel_isAskedInItsWords() {
    String unsupported =
        "{\"error\":{\"message\":\"Unsupported parameter: it is not supported with this model.%s\",\"param\":\"%s\"}}";
    Map<String, String> complaints =
        Map.of(
            "max_tokens", unsupported.formatted(" Use 'max_completion_tokens'.", "max_tokens"),
            "temperature", unsupported.formatted("", "temperature"),
            "top_p", unsupported.formatted("", "top_p"),
            "logprobs", unsupported.formatted("", "logprobs"));
    try (FakeServer server = FakeServer.answering(refusing(complaints));
        RemoteModel model = model(server)) {
      assertThat(model.generate(HELLO, CONFIG).get(0).text()).isEqualTo("Hi");

      JsonRecord last = server.chats().get(server.chats().size() - 1);
      assertThat(last.names())
          .containsExactly("model", "messages", "max_completion_tokens", "n", "seed");
      assertThat(last.integer("max_completion_tokens")).isEqualTo(20);
      assertThat(server.chats()).hasSize(5);
    }
  }

  @Test
  void streamOptions_refused_streamsWithoutThem() {
    Answer stream =
        Events.stream(
            "{\"choices\":[{\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}",
            "[DONE]");
    Answer refusal =
        Answer.status(422, "{\"detail\":\"stream_options: Extra inputs are not permitted\"}");
    try (FakeServer server =
            FakeServer.answering(r -> r.body().has("stream_options") ? refusal : stream);
        RemoteModel model = server.model().streaming(true).build()) {
      assertThat(model.generate(HELLO, GenerationConfig.greedy(5)).get(0).text()).isEqualTo("Hi");
    }
  }

  @Test
  void samples_fieldForThemRefused_areAskedForOneByOne() {
    String complaint = "{\"error\":{\"message\":\"'n' is not supported\"}}";
    try (FakeServer server = FakeServer.answering(refusing(Map.of("n", complaint)));
        RemoteModel model = model(server)) {
      assertThat(model.generate(HELLO, CONFIG.toBuilder().samples(3).build())).hasSize(3);

      assertThat(server.chats())
          .extracting(body -> body.has("n"))
          .containsExactly(true, false, false, false);
      assertThat(server.chats().subList(1, 4))
          .extracting(body -> body.integer("seed"))
          .doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 5 instead.\",\"param\":\"temperature\",\"code\":\"decimal_above_max_value\"}}",
        "{\"error\":{\"message\":\"Unknown parameter: 'top_k'.\",\"param\":\"top_k\",\"code\":\"unknown_parameter\"}}",
        "{\"error\":{\"message\":\"This model does not support images, and n more things\"}}",
        "{\"error\":{\"message\":\"Unsupported parameter\",\"param\":7}}",
        "not supported"
      })
  void otherComplaint_isThatOfTheServer(String complaint) {
    try (FakeServer server = FakeServer.answering(request -> Answer.status(400, complaint));
        RemoteModel model = model(server)) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> model.generate(HELLO, CONFIG))
          .withMessageContaining("HTTP 400");
      assertThat(server.chats()).hasSize(1);
    }
  }

  @Test
  void complaintThatStays_isThatOfTheServer() {
    Answer refusal = Answer.status(400, "{\"error\":{\"message\":\"seed is not supported\"}}");
    try (FakeServer server = FakeServer.answering(request -> refusal);
        RemoteModel model = model(server)) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> model.generate(HELLO, CONFIG))
          .withMessageContaining("seed is not supported");
      assertThat(server.chats()).hasSize(2);
    }
  }

  @Test
  void refusedField_isToldOnce() {
    String complaint = "{\"error\":{\"message\":\"Hello? temperature is not supported\"}}";
    try (LogRecords log = LogRecords.collect();
        FakeServer server = FakeServer.answering(refusing(Map.of("temperature", complaint)));
        RemoteModel model = model(server)) {
      model.generate(HELLO, CONFIG);
      model.generate(HELLO, CONFIG);

      assertThat(log.from(Level.INFO)).hasSize(1);
      assertThat(log.from(Level.INFO).get(0))
          .contains("tiny", "temperature")
          .doesNotContain("Hello", "Hi");
    }
  }
}
