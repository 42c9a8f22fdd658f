package io.selftaught.judge.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.hash.Hashing;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Published templates that can't be stored here, against hashes of make_chat_renders.py. */
@Tag("weights")
class RealTemplateTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "meta-llama-Llama-3.1-8B-Instruct.jinja",
        "meta-llama-Llama-3.2-3B-Instruct.jinja",
        "google-gemma-2-2b-it.jinja"
      })
  void render_publishedTemplate_rendersOrRefusesAsTransformersDoes(String name) throws IOException {
    String models = System.getenv("JUDGE_MODELS");
    assumeTrue(models != null, "JUDGE_MODELS is not set");
    Path file = Path.of(models, "templates", name);
    assumeTrue(Files.exists(file), file + " is missing; .ci/fetch-models fetches it");
    ChatTemplate template = ChatTemplateTest.template(Files.readString(file));
    JsonArray conversations = TemplateFixtures.json("renders.json").getAsJsonArray("conversations");
    JsonArray hashes = TemplateFixtures.json("render-hashes.json").getAsJsonArray(name);
    assertThat(hashes.size()).isEqualTo(conversations.size());
    SoftAssertions all = new SoftAssertions();
    for (int i = 0; i < conversations.size(); i++) {
      JsonElement expected = hashes.get(i);
      all.assertThat(hash(template, conversations.get(i)))
          .as(conversations.get(i).toString())
          .isEqualTo(expected.isJsonNull() ? "refused" : expected.getAsString());
    }
    all.assertAll();
  }

  private static String hash(ChatTemplate template, JsonElement conversation) {
    List<ChatMessage> messages =
        conversation.getAsJsonArray().asList().stream().map(ChatTemplateTest::message).toList();
    try {
      return Hashing.sha256()
          .hashString(template.render(messages), StandardCharsets.UTF_8)
          .toString();
    } catch (InvalidInputException e) {
      return "refused";
    }
  }
}
