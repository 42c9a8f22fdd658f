package io.selftaught.judge.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.ChatMessage.Role;
import io.selftaught.judge.InvalidInputException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTemplateTest {

  // The time that the reference script gives to transformers.
  private static final Clock CLOCK =
      Clock.fixed(LocalDateTime.of(2026, 3, 5, 9, 7, 2).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
  private static final JsonObject REFERENCE = TemplateFixtures.json("renders.json");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smollm2",
        "qwen2.5",
        "qwen3",
        "llama",
        "mistral",
        "gemma",
        "zephyr",
        "phi",
        "deepseek",
        "macros",
        "qwen3-0.6b",
        "granite-3.3",
        "phi-3.5-mini",
        "mistral-nemo",
        "mistral-small-3.2"
      })
  void render_conversationsOfTheReference_rendersOrRefusesAsTransformersDoes(String name) {
    ChatTemplate template = template(TemplateFixtures.template(name));
    JsonArray conversations = REFERENCE.getAsJsonArray("conversations");
    JsonArray renders = REFERENCE.getAsJsonObject("renders").getAsJsonArray(name);
    assertThat(renders.size()).isEqualTo(conversations.size()).isGreaterThan(10);
    assertAll(
        IntStream.range(0, renders.size())
            .mapToObj(
                i -> agrees(template, conversations.get(i), renders.get(i).getAsJsonObject())));
  }

  private static Executable agrees(
      ChatTemplate template, JsonElement conversation, JsonObject expected) {
    List<ChatMessage> messages =
        conversation.getAsJsonArray().asList().stream().map(ChatTemplateTest::message).toList();
    if (expected.has("text")) {
      return () ->
          assertThat(template.render(messages))
              .describedAs(conversation.toString())
              .isEqualTo(expected.get("text").getAsString());
    }
    return () ->
        assertThatThrownBy(() -> template.render(messages))
            .describedAs(conversation.toString())
            .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void render_templateRaisesException_saysWhatTheTemplateSays() {
    ChatTemplate gemma = template(TemplateFixtures.template("gemma"));
    assertThatThrownBy(
            () -> gemma.render(List.of(ChatMessage.system("Be brief."), ChatMessage.user("Hi"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "model.gguf: the chat template refuses the conversation: System role not supported");
  }

  @Test
  void render_noTemplate_saysThatTheModelIsABaseModel() {
    ChatTemplate none = new ChatTemplate(Optional.empty(), Map.of(), "model.gguf", CLOCK);
    assertThatThrownBy(() -> none.render(List.of(ChatMessage.user("Hi"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("model.gguf: the model has no chat template")
        .hasMessageContaining("instruction-tuned");
  }

  @Test
  void render_noMessages_isTheCallersMistake() {
    assertThatThrownBy(() -> template("x").render(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("messages");
  }

  @Test
  void render_lastMessageLeftOut_refuses() {
    ChatTemplate template = template("{% for m in messages[:1] %}{{ m.content }}{% endfor %}");
    assertThatThrownBy(
            () -> template.render(List.of(ChatMessage.user("Hi"), ChatMessage.assistant("Yes"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("leaves out some of the last message");
  }

  @Test
  void hash_sameText_isItsSha256() {
    assertThat(template("abc").hash())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  static ChatTemplate template(String text) {
    Map<String, String> named = new TreeMap<>();
    REFERENCE
        .getAsJsonObject("named")
        .entrySet()
        .forEach(e -> named.put(e.getKey(), e.getValue().getAsString()));
    return new ChatTemplate(Optional.of(text), named, "model.gguf", CLOCK);
  }

  static ChatMessage message(JsonElement element) {
    JsonObject message = element.getAsJsonObject();
    return new ChatMessage(
        Role.valueOf(message.get("role").getAsString().toUpperCase(Locale.ROOT)),
        message.get("content").getAsString());
  }
}
