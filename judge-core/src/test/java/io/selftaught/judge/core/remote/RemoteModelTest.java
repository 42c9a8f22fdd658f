package io.selftaught.judge.core.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Generation.FinishReason;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.ScriptedModel;
import io.selftaught.judge.Usage;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.remote.FakeServer.Answer;
import io.selftaught.judge.core.remote.FakeServer.Request;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteModelTest {

  private static final List<ChatMessage> HELLO = List.of(ChatMessage.user("Hello"));
  private static final GenerationConfig SAMPLING =
      GenerationConfig.builder().maxTokens(20).temperature(0.5).topP(0.9).seed(7).build();

  private FakeServer server = FakeServer.answering(r -> said("Hi"));

  @AfterEach
  void stopServer() {
    server.close();
  }

  private void serve(Function<Request, Answer> script) {
    server.close();
    server = FakeServer.answering(script);
  }

  /** Answers with as many choices as texts. */
  private static Answer said(String... texts) {
    return Answer.json(reply(texts));
  }

  private static String reply(String... texts) {
    return IntStream.range(0, texts.length)
        .mapToObj(
            i ->
                "{\"index\":%d,\"message\":{\"content\":\"%s\"},\"finish_reason\":\"stop\"}"
                    .formatted(i, texts[i]))
        .collect(
            Collectors.joining(
                ",",
                "{\"choices\":[",
                "],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":5}}"));
  }

  private Generation first(GenerationConfig config) {
    return server.model().build().generate(HELLO, config).get(0);
  }

  private static GenerationConfig samples(int n) {
    return SAMPLING.toBuilder().samples(n).build();
  }

  @Test
  void request_holdsConversationAndSettings() {
    GenerationConfig config =
        samples(2).toBuilder().stop("END", "\n\n").logProbabilities(true).build();
    serve(new Completions(ScriptedModel.rambling()));
    server.model().build().generate(List.of(ChatMessage.system("Be brief."), HELLO.get(0)), config);

    assertThat(server.chats())
        .containsExactly(
            JsonRecord.parse(
                """
                {"model":"tiny","messages":[{"role":"system","content":"Be brief."},
                {"role":"user","content":"Hello"}],"max_tokens":20,"temperature":0.5,"top_p":0.9,
                "n":2,"seed":7,"stop":["END","\\n\\n"],"logprobs":true}"""));
  }

  @Test
  void extraBody_isSentAndPartOfTheName() {
    RemoteModel model =
        server.model().extraBody(JsonRecord.parse("{\"top_k\":4,\"x\":{\"y\":[1]}}")).build();
    model.generate(HELLO, SAMPLING);

    assertThat(server.chats().get(0).integer("top_k")).isEqualTo(4);
    assertThat(server.chats().get(0).record("x")).hasToString("{\"y\":[1]}");
    assertThat(model.name())
        .isEqualTo("tiny at " + server.url() + " with {\"top_k\":4,\"x\":{\"y\":[1]}}");
  }

  @Test
  void extraBody_fieldOfTheSettings_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> server.model().extraBody(JsonRecord.parse("{\"seed\":1}")))
        .withMessageContaining("seed");
  }

  @Test
  void apiKey_isSentAndNeverShown() {
    serve(r -> Answer.status(401, "{\"error\":{\"message\":\"Bad key sk-secret\"}}"));
    RemoteModel model = server.model().apiKey(() -> "sk-secret\n").build();

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> model.generate(HELLO, SAMPLING))
        .withMessage("The server did not accept the request: HTTP 401: Bad key ***");
    assertThat(server.requests().get(0).authorization()).hasValue("Bearer sk-secret");
    assertThat(model.toString() + model.name()).doesNotContain("secret");
  }

  @Test
  void apiKey_none_sendsNoHeader() {
    first(SAMPLING);

    assertThat(server.requests().get(0).authorization()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sk-se\ncret", "sk-sécret"})
  void apiKey_notPossible_isRefusedWithoutShowingIt(String key) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> server.model().apiKey(() -> key).build().generate(HELLO, SAMPLING))
        .withMessageContaining("API key")
        .withMessageNotContaining("cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/v1",
        "http://192.168.0.7:8000/v1",
        "HTTP://127.0.0.1.example.com/v1",
        "http://localhost.example.com/v1",
        "http://[::2]:8000/v1"
      })
  void apiKey_plainHttpToAnotherMachine_isRefusedWithTheRemedy(String url) {
    RemoteModel.Builder builder = RemoteModel.builder(URI.create(url), "m");
    builder.build().close();
    builder.apiKey(() -> "sk-secret");

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(builder::build)
        .withMessageContainingAll(URI.create(url).getHost(), "https://", "allowInsecureKey")
        .withMessageNotContaining("secret");
    builder.allowInsecureKey().build().close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/v1",
        "HTTPS://example.com/v1",
        "http://LOCALHOST:8000/v1",
        "http://127.0.0.1:8000/v1",
        "http://127.1.2.3/v1",
        "http://[::1]:8000/v1"
      })
  void apiKey_encryptedOrToThisMachine_isFine(String url) {
    RemoteModel model = RemoteModel.builder(URI.create(url), "m").apiKey(() -> "sk").build();

    assertThat(model.name()).isEqualTo("m at " + url);
    model.close();
  }

  @Test
  void apiKeyFromEnvironment_missing_isRefused() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> server.model().apiKeyFromEnvironment("NO_SUCH_KEY_HERE"))
        .withMessageContaining("NO_SUCH_KEY_HERE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://host/v1", "localhost", "http://u:pass@host/v1", "http://host/v1?key=pass"})
  void builder_badUrl_isRefusedWithoutShowingIt(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RemoteModel.builder(URI.create(url), "m"))
        .withMessageContaining("baseUrl")
        .withMessageNotContaining("pass");
  }

  @Test
  void builder_badValues_areRefused() {
    RemoteModel.Builder builder = server.model();

    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxRetries(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxConcurrency(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxResponseBytes(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.deadline(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.rateLimit(0, Duration.ofSeconds(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RemoteModel.builder(server.url(), " "))
        .withMessageContaining("model");
  }

  @Test
  void builder_urlWithSlash_isTheSameModel() {
    URI slash = URI.create(server.url() + "/");

    assertThat(RemoteModel.builder(slash, "tiny").build().name())
        .isEqualTo(server.model().build().name());
  }

  @Test
  void revision_isPartOfTheNameSoThatNoCacheAnswersForOldWeights(@TempDir Path directory) {
    Path file = directory.resolve("answers.jsonl");
    serve(r -> said("answer " + server.chats().size()));

    assertThat(remembered(file, "2026-03")).isEqualTo("answer 1");
    assertThat(remembered(file, "2026-03")).isEqualTo("answer 1");
    assertThat(remembered(file, "2026-04")).isEqualTo("answer 2");
    assertThat(server.model().revision("2026-03").build().name())
        .isEqualTo("tiny revision 2026-03 at " + server.url());
    assertThatIllegalArgumentException().isThrownBy(() -> server.model().revision(" "));
  }

  private String remembered(Path file, String revision) {
    try (RemoteModel model = server.model().revision(revision).build();
        LanguageModel cached = Judges.caching(model, file)) {
      return cached.generate(HELLO, SAMPLING).get(0).text();
    }
  }

  // Samples

  @Test
  void samples_serverIgnoresN_areAskedForOneByOneWithOwnSeeds() {
    serve(r -> said("seed " + r.body().integer("seed")));
    RemoteModel model = server.model().build();
    List<Generation> samples = model.generate(HELLO, samples(5));

    assertThat(samples).extracting(Generation::text).doesNotHaveDuplicates().hasSize(5);
    assertThat(server.chats()).extracting(r -> r.integer("n")).containsExactly(5L, 1L, 1L, 1L, 1L);
    assertThat(model.generate(HELLO, samples(5))).isEqualTo(samples);
    assertThat(server.chats().subList(5, 10)).extracting(r -> r.integer("n")).containsOnly(1L);
    assertThat(model.generate(HELLO, samples(3)))
        .extracting(Generation::text)
        .isEqualTo(samples.subList(0, 3).stream().map(Generation::text).toList());
  }

  @Test
  void samples_serverCapsN_areAskedForInBatches() {
    serve(
        r -> {
          long seed = r.body().integer("seed");
          return r.body().integer("n") == 1 ? said(seed + "/0") : said(seed + "/0", seed + "/1");
        });

    assertThat(server.model().build().generate(HELLO, samples(5)))
        .extracting(Generation::text)
        .doesNotHaveDuplicates()
        .hasSize(5);
    assertThat(server.chats()).extracting(r -> r.integer("n")).containsExactly(5L, 2L, 1L);
  }

  @Test
  void samples_serverRefusesN_areAskedForOneByOne() {
    serve(
        r ->
            r.body().integer("n") > 1
                ? Answer.status(400, "{\"error\":{\"message\":\"Only one completion choice\"}}")
                : said("seed " + r.body().integer("seed")));

    assertThat(server.model().build().generate(HELLO, samples(3)))
        .extracting(Generation::text)
        .doesNotHaveDuplicates()
        .hasSize(3);
    assertThat(server.chats()).extracting(r -> r.integer("n")).containsExactly(3L, 1L, 1L, 1L);
  }

  @Test
  void samples_greedy_areDrawnOnce() {
    List<Generation> samples =
        server
            .model()
            .build()
            .generate(HELLO, GenerationConfig.greedy(5).toBuilder().samples(3).build());

    assertThat(samples).extracting(Generation::text).containsExactly("Hi", "Hi", "Hi");
    assertThat(samples)
        .extracting(Generation::usage)
        .containsExactly(Usage.of(9, 5), Usage.NONE, Usage.NONE);
    assertThat(server.chats()).extracting(r -> r.integer("n")).containsExactly(1L);
  }

  @Test
  void seeds_differByIndexAndHave31Bits() {
    List<Long> seeds =
        IntStream.range(0, 200)
            .boxed()
            .flatMap(
                i -> List.of(0L, 7L, -1L, Long.MIN_VALUE).stream().map(s -> ChatRequest.seed(s, i)))
            .toList();

    assertThat(seeds).doesNotHaveDuplicates().allMatch(s -> s >= 0 && s <= Integer.MAX_VALUE);
    assertThat(ChatRequest.seed(7, 0)).isEqualTo(7);
  }

  // Usage

  @Test
  void usage_ofOneRequest_countsWithItsFirstSample() {
    serve(r -> said("a", "b"));

    assertThat(server.model().build().generate(HELLO, samples(2)))
        .extracting(Generation::usage)
        .containsExactly(Usage.of(9, 5), Usage.NONE);
  }

  @Test
  void usage_ofSeveralRequests_countsWhatEachRead() {
    assertThat(server.model().build().generate(HELLO, samples(3)))
        .extracting(Generation::usage)
        .containsExactly(Usage.of(27, 5), Usage.of(0, 5), Usage.of(0, 5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"usage\":null",
        ",\"usage\":{}",
        ",\"usage\":{\"prompt_tokens\":3}",
        ",\"usage\":{\"prompt_tokens\":-1,\"completion_tokens\":2}",
        ",\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":9223372036854775807}"
      })
  void usage_notGiven_isUnknown(String usage) {
    serve(
        r ->
            Answer.json(
                "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]"
                    + usage
                    + "}"));

    assertThat(server.model().build().generate(HELLO, samples(2)))
        .extracting(Generation::usage)
        .containsOnly(Usage.UNKNOWN);
  }

  // How an answer ends

  @ParameterizedTest
  @CsvSource({"stop,STOP", "length,LENGTH", "content_filter,REFUSED"})
  void finishReason_isTranslated(String name, FinishReason reason) {
    serve(r -> choice("{\"content\":\"x\"}", "\"" + name + "\""));

    assertThat(first(SAMPLING).finishReason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"tool_calls\"", "\"\"", "null", "3"})
  void finishReason_unknown_isAnError(String name) {
    serve(r -> choice("{\"content\":\"x\"}", name));

    assertThatExceptionOfType(ModelException.class).isThrownBy(() -> first(SAMPLING));
  }

  @Test
  void refusal_isRefused() {
    serve(r -> choice("{\"content\":null,\"refusal\":\"I can't.\"}", "\"stop\""));
    Generation generation = first(SAMPLING);

    assertThat(generation.finishReason()).isEqualTo(FinishReason.REFUSED);
    assertThat(generation.text()).isEqualTo("I can't.");
  }

  @Test
  void content_null_isEmpty() {
    serve(r -> choice("{\"content\":null,\"refusal\":null}", "\"length\""));

    assertThat(first(SAMPLING).text()).isEmpty();
  }

  private static Answer choice(String message, String finishReason) {
    return Answer.json(
        "{\"choices\":[{\"index\":0,\"message\":%s,\"finish_reason\":%s}]}"
            .formatted(message, finishReason));
  }

  @Test
  void logProbabilities_notGiven_areNone() {
    Generation generation = first(SAMPLING.toBuilder().logProbabilities(true).build());

    assertThat(generation.text()).isEqualTo("Hi");
    assertThat(generation.tokens()).isEmpty();
  }

  @Test
  void logProbabilities_slightlyAboveZero_areZero() {
    serve(
        r ->
            Answer.json(
                """
                {"choices":[{"message":{"content":"x"},"finish_reason":"stop",
                "logprobs":{"content":[{"token":"x","logprob":1e-7}]}}]}"""));

    assertThat(first(SAMPLING.toBuilder().logProbabilities(true).build()).tokens())
        .containsExactly(new Generation.Token("x", 0));
  }

  // What kinds of server differ in

  private static final GenerationConfig CHOICE =
      GenerationConfig.greedy(5).toBuilder().choices("A", "B \"c\".").build();

  private JsonRecord requestTo(Server kind, List<ChatMessage> messages, GenerationConfig config) {
    serve(r -> said("A"));
    server.model().server(kind).build().generate(messages, config);
    return server.chats().get(0);
  }

  @Test
  void choices_areForcedInTheWordsOfTheServer() {
    JsonRecord vllm = requestTo(Server.VLLM, HELLO, CHOICE);

    assertThat(vllm.texts("guided_choice")).containsExactly("A", "B \"c\".");
    assertThat(vllm.record("structured_outputs").texts("choice")).containsExactly("A", "B \"c\".");
    assertThat(requestTo(Server.SGLANG, HELLO, CHOICE).text("regex"))
        .isEqualTo("(A|B \"c\"\\.)")
        .satisfies(regex -> assertThat("B \"c\".").matches(regex));
    assertThat(requestTo(Server.LLAMA_CPP, HELLO, CHOICE).text("grammar"))
        .isEqualTo("root ::= \"A\" | \"B \\\"c\\\".\"");
    assertThat(requestTo(Server.OTHER, HELLO, CHOICE).names())
        .containsExactly("model", "messages", "max_tokens", "temperature", "top_p", "n", "seed");
  }

  @Test
  void tokenLimit_hasTheNameThatTheServerKnows() {
    assertThat(requestTo(Server.OPENAI, HELLO, SAMPLING).integer("max_completion_tokens"))
        .isEqualTo(20);
    assertThat(requestTo(Server.OPENAI, HELLO, SAMPLING).names()).doesNotContain("max_tokens");
    assertThat(RemoteModel.builder(URI.create("https://api.openai.com/v1"), "m").server)
        .hasValue(Server.OPENAI);
    assertThat(server.model().server).isEmpty();
  }

  @Test
  void choices_spaceAround_isForgiven() {
    serve(r -> said(" A\\n"));

    assertThat(first(CHOICE).text()).isEqualTo("A");
  }

  @Test
  void choices_somethingElse_isAnErrorThatTellsIt() {
    serve(r -> said("A is better"));

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> first(CHOICE))
        .withMessageContaining("\"A is better\" (STOP) instead of one of [A, B \"c\".]");
  }

  @Test
  void choices_endlessText_isToldInPart() {
    serve(r -> said("x".repeat(50_000)));

    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> first(CHOICE))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2_200));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[[A", "A"})
  void ownLastMessage_whetherGivenBackOrNot_isNoPartOfTheAnswer(String reply) {
    serve(r -> said(reply));
    List<ChatMessage> begun = List.of(HELLO.get(0), ChatMessage.assistant("[["));

    try (RemoteModel model = server.model().build()) {
      assertThat(model.generate(begun, CHOICE).get(0).text()).isEqualTo("A");
    }
  }

  @Test
  void ownLastMessage_isContinuedInTheWordsOfTheServer() {
    List<ChatMessage> begun = List.of(HELLO.get(0), ChatMessage.assistant("The"));
    JsonRecord vllm = requestTo(Server.VLLM, begun, SAMPLING);

    assertThat(vllm.flag("continue_final_message")).isTrue();
    assertThat(vllm.flag("add_generation_prompt")).isFalse();
    assertThat(requestTo(Server.LLAMA_CPP, begun, SAMPLING).names())
        .doesNotContain("continue_final_message");
    assertThat(requestTo(Server.VLLM, HELLO, SAMPLING).names())
        .doesNotContain("continue_final_message");
  }

  @ParameterizedTest
  @CsvSource({
    "200,'{\"data\":[{\"id\":\"m\",\"owned_by\":\"vllm\"}]}',VLLM",
    "200,'{\"data\":[{\"id\":\"m\",\"owned_by\":\"sglang\"}]}',SGLANG",
    "200,'{\"data\":[{\"id\":\"m\",\"owned_by\":\"llamacpp\"}]}',LLAMA_CPP",
    "200,'{\"data\":[{\"id\":\"m\",\"owned_by\":\"library\"}]}',OTHER",
    "200,'{\"data\":[{\"id\":\"m\",\"owned_by\":\"openai\"}]}',OTHER",
    "200,'{\"models\":3}',OTHER",
    "404,'{}',OTHER"
  })
  void server_isAskedOnceWhatItIs(int status, String models, Server kind) {
    serve(r -> r.path().equals("/v1/models") ? Answer.status(status, models) : said("A"));
    RemoteModel model = server.model().build();
    model.generate(HELLO, CHOICE);
    model.generate(HELLO, CHOICE);

    JsonRecord.Builder expected = JsonRecord.builder();
    kind.limit(expected, CHOICE.choices());
    assertThat(server.chats().get(0).names()).containsAll(expected.build().names());
    assertThat(server.chats().get(0).names()).hasSize(7 + expected.build().names().size());
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void server_isNotAskedWhatItIsWhereThatMakesNoDifference() {
    first(SAMPLING);

    assertThat(server.requests()).extracting(Request::path).containsExactly("/v1/chat/completions");
  }
}
