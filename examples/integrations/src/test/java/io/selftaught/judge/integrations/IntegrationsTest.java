package io.selftaught.judge.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.Judges;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.ai.evaluation.EvaluationRequest;
import org.springframework.ai.evaluation.EvaluationResponse;

class IntegrationsTest {

  private static final Judge SURE = c -> judgment(Verdict.decided(Preference.A));
  private static final Judge FAILING = c -> judgment(Verdict.undecided(Cause.FAILED));

  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  private static Judgment judgment(Verdict verdict) {
    boolean decided = verdict.preference().isPresent();
    return new Judgment(
        verdict,
        "because",
        List.of(new Trace(Order.AB, "", verdict, decided ? Usage.of(10, 2) : Usage.UNKNOWN)),
        decided ? Optional.of(new Probabilities(0.75, 0, 0.25)) : Optional.empty());
  }

  @Test
  void langChain4j_chatModel_judges() {
    List<ChatRequest> requests = new ArrayList<>();
    ChatModel chat =
        new ChatModel() {
          @Override
          public ChatResponse chat(ChatRequest request) {
            requests.add(request);
            return ChatResponse.builder()
                .aiMessage(AiMessage.from("The Nile is a river.\n[[A]]"))
                .tokenUsage(new TokenUsage(7, 5))
                .build();
          }
        };

    Judgment judgment =
        Judges.prompted(new LangChain4jModel(chat, "chat")).compare("Name a river.", "Nile", "K2");

    assertThat(judgment.verdict()).isEqualTo(Verdict.decided(Preference.A));
    assertThat(judgment.usage()).isEqualTo(Usage.of(7, 5));
    assertThat(requests.get(0).messages().get(0)).isInstanceOf(SystemMessage.class);
    assertThat(requests.get(0).temperature()).isZero();
  }

  @Test
  void langChain4j_modelThatThrows_isAFailedVerdict() {
    ChatModel broken =
        new ChatModel() {
          @Override
          public ChatResponse chat(ChatRequest request) {
            throw new IllegalStateException("no quota");
          }
        };

    Judgment judgment =
        Judges.prompted(new LangChain4jModel(broken, "chat")).compare("p", "a", "b");

    assertThat(judgment.verdict()).isEqualTo(Verdict.undecided(Cause.FAILED));
    assertThat(judgment.traces().get(0).text()).contains("no quota");
  }

  @Test
  void springAi_evaluator_passesWhatBeatsTheBaseline() {
    EvaluationRequest request = new EvaluationRequest("Name a river.", "Nile");

    EvaluationResponse won = new PreferenceEvaluator(SURE, prompt -> "K2").evaluate(request);
    EvaluationResponse failed = new PreferenceEvaluator(FAILING, prompt -> "K2").evaluate(request);

    assertThat(won.isPass()).isTrue();
    assertThat(won.getScore()).isEqualTo(0.75f);
    assertThat(won.getFeedback()).isEqualTo("because");
    assertThat(failed.isPass()).isFalse();
    assertThat(failed.getMetadata()).containsEntry("verdict", "FAILED");
  }

  @Test
  void micrometer_judge_countsVerdictsAndKnownTokens() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Judge sure = new MeteredJudge(SURE, registry);
    sure.compare("p", "a", "b");
    sure.compare("p", "a", "b");
    new MeteredJudge(FAILING, registry).compare("p", "a", "b");

    assertThat(registry.get("judge.comparisons").tag("verdict", "A").timer().count()).isEqualTo(2);
    assertThat(registry.get("judge.comparisons").tag("verdict", "FAILED").timer().count())
        .isEqualTo(1);
    assertThat(registry.get("judge.tokens").tag("direction", "read").counter().count())
        .isEqualTo(20);
  }

  @Test
  void openTelemetry_judge_isASpanWithItsResult() {
    InMemorySpanExporter exporter = InMemorySpanExporter.create();
    List<SpanData> spans;
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build()) {
      new TracedJudge(SURE, provider.get("test")).compare("secret prompt", "a", "b");
      new TracedJudge(FAILING, provider.get("test")).compare("secret prompt", "a", "b");
      spans = exporter.getFinishedSpanItems();
    }

    SpanData won = spans.get(0);
    assertThat(won.getEvents()).hasSize(1);
    assertThat(won.getEvents().get(0).getName()).isEqualTo("gen_ai.evaluation.result");
    assertThat(won.getEvents().get(0).getAttributes().asMap())
        .containsEntry(AttributeKey.stringKey("gen_ai.evaluation.score.label"), "A")
        .containsEntry(AttributeKey.doubleKey("gen_ai.evaluation.score.value"), 0.75);
    assertThat(won.getAttributes().get(AttributeKey.longKey("gen_ai.usage.input_tokens")))
        .isEqualTo(10);
    assertThat(won.getEvents().get(0).getAttributes().get(ERROR_TYPE)).isNull();
    assertThat(spans.get(1).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(spans.get(1).getAttributes().get(ERROR_TYPE)).isEqualTo("FAILED");
    assertThat(spans.get(1).getEvents().get(0).getAttributes().get(ERROR_TYPE)).isEqualTo("FAILED");
    assertThat(spans).asString().doesNotContain("secret");
  }
}
