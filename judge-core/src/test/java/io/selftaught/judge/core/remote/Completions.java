package io.selftaught.judge.core.remote;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.ChatMessage.Role;
import io.selftaught.judge.ContextLengthException;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Usage;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.remote.FakeServer.Answer;
import io.selftaught.judge.core.remote.FakeServer.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Answers as vLLM does: the protocol around a model that does the writing. */
record Completions(LanguageModel model) implements Function<Request, Answer> {

  @Override
  public Answer apply(Request request) {
    if (request.path().endsWith("/models")) {
      return Answer.json(
          "{\"object\":\"list\",\"data\":[{\"id\":\"tiny\",\"owned_by\":\"vllm\"}]}");
    }
    List<ChatMessage> messages =
        request.body().records("messages").stream()
            .map(m -> new ChatMessage(role(m.text("role")), m.text("content")))
            .toList();
    try {
      String whole = reply(model.generate(messages, config(request.body())));
      return request.body().has("stream") ? Events.of(JsonRecord.parse(whole)) : Answer.json(whole);
    } catch (ContextLengthException e) {
      return Answer.status(
          400,
          """
          {"error":{"message":"This model's maximum context length is %d tokens. However, your \
          request has %d input tokens. Please reduce the length of the input messages.",\
          "type":"BadRequestError","param":null,"code":400}}"""
              .formatted(e.contextTokens(), e.promptTokens()));
    }
  }

  private static GenerationConfig config(JsonRecord body) {
    GenerationConfig.Builder config =
        GenerationConfig.builder()
            .maxTokens((int) body.integer("max_tokens"))
            .temperature(body.number("temperature"))
            .topP(body.number("top_p"))
            .samples((int) body.integer("n"))
            .seed(body.integer("seed"))
            .logProbabilities(body.has("logprobs") && body.flag("logprobs"));
    if (body.has("stop")) {
      config.stop(body.texts("stop").toArray(String[]::new));
    }
    if (body.has("structured_outputs")) {
      config.choices(body.record("structured_outputs").texts("choice").toArray(String[]::new));
    }
    return config.build();
  }

  private static Role role(String name) {
    return Role.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static String reply(List<Generation> samples) {
    Usage usage = samples.stream().map(Generation::usage).reduce(Usage.NONE, Usage::plus);
    List<JsonRecord> choices = new ArrayList<>();
    for (Generation sample : samples) {
      choices.add(choice(choices.size(), sample));
    }
    return JsonRecord.builder()
        .put("object", "chat.completion")
        .putRecords("choices", choices)
        .put(
            "usage",
            JsonRecord.builder()
                .put("prompt_tokens", usage.promptTokens().orElseThrow())
                .put("completion_tokens", usage.completionTokens().orElseThrow())
                .build())
        .build()
        .toString();
  }

  private static JsonRecord choice(int index, Generation sample) {
    JsonRecord.Builder choice =
        JsonRecord.builder()
            .put("index", index)
            .put(
                "message",
                JsonRecord.builder().put("role", "assistant").put("content", sample.text()).build())
            .put("finish_reason", sample.finishReason().name().toLowerCase(Locale.ROOT));
    if (!sample.tokens().isEmpty()) {
      List<JsonRecord> tokens = sample.tokens().stream().map(Completions::token).toList();
      choice.put("logprobs", JsonRecord.builder().putRecords("content", tokens).build());
    }
    return choice.build();
  }

  private static JsonRecord token(Generation.Token token) {
    List<JsonRecord> alternatives =
        token.alternatives().entrySet().stream()
            .map(e -> logProbability(e.getKey(), e.getValue()).build())
            .toList();
    return logProbability(token.text(), token.logProbability())
        .putRecords("top_logprobs", alternatives)
        .build();
  }

  private static JsonRecord.Builder logProbability(String token, double value) {
    return JsonRecord.builder().put("token", token).put("logprob", value);
  }
}
