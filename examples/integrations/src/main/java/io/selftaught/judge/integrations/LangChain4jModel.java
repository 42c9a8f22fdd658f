package io.selftaught.judge.integrations;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Generation.FinishReason;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat model of LangChain4j as a language model. It draws one sample a call; there are no seeds
 * and no log-probabilities there, and choices are only checked.
 */
public final class LangChain4jModel implements LanguageModel {

  private final ChatModel model;
  private final String name;

  /**
   * Wraps a chat model.
   *
   * @param name the identity of the model for manifests and cache keys
   */
  public LangChain4jModel(ChatModel model, String name) {
    this.model = requireNonNull(model, "model");
    this.name = requireNonNull(name, "name");
  }

  @Override
  public List<Generation> generate(List<ChatMessage> messages, GenerationConfig config) {
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("messages must not be empty");
    }
    ChatRequest request =
        ChatRequest.builder()
            .messages(messages.stream().map(LangChain4jModel::message).toList())
            .maxOutputTokens(config.maxTokens())
            .temperature(config.temperature())
            .topP(config.topP())
            .stopSequences(config.stop())
            .build();
    List<Generation> samples = new ArrayList<>();
    while (samples.size() < config.samples()) {
      samples.add(sample(request, config));
    }
    return samples;
  }

  private Generation sample(ChatRequest request, GenerationConfig config) {
    ChatResponse response;
    try {
      response = model.chat(request);
    } catch (RuntimeException e) {
      throw new ModelException(name + " failed: " + e.getMessage(), e);
    }
    String text = response.aiMessage().text() == null ? "" : response.aiMessage().text();
    if (!config.choices().isEmpty() && !config.choices().contains(text.strip())) {
      throw new ModelException(name + " wrote something else than one of " + config.choices());
    }
    return new Generation(
        config.choices().isEmpty() ? text : text.strip(),
        finishReason(response.finishReason()),
        usage(response.tokenUsage()),
        List.of());
  }

  private static dev.langchain4j.data.message.ChatMessage message(ChatMessage message) {
    return switch (message.role()) {
      case SYSTEM -> SystemMessage.from(message.content());
      case USER -> UserMessage.from(message.content());
      case ASSISTANT -> AiMessage.from(message.content());
    };
  }

  private static FinishReason finishReason(
      dev.langchain4j.model.output.@Nullable FinishReason reason) {
    if (reason == null) {
      return FinishReason.STOP;
    }
    return switch (reason) {
      case LENGTH -> FinishReason.LENGTH;
      case CONTENT_FILTER -> FinishReason.REFUSED;
      case STOP, TOOL_EXECUTION, OTHER -> FinishReason.STOP;
    };
  }

  private static Usage usage(@Nullable TokenUsage usage) {
    if (usage == null || usage.inputTokenCount() == null || usage.outputTokenCount() == null) {
      return Usage.UNKNOWN;
    }
    return Usage.of(usage.inputTokenCount(), usage.outputTokenCount());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return "LangChain4jModel[" + name + "]";
  }
}
