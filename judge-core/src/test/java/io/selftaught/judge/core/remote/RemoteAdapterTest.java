package io.selftaught.judge.core.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.selftaught.judge.Adapter;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ScriptedModel;
import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.remote.FakeServer.Answer;
import io.selftaught.judge.core.remote.FakeServer.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteAdapterTest {

  private static final List<ChatMessage> HELLO = List.of(ChatMessage.user("Hello"));

  private static Adapter adapter(Path directory, String weights) throws IOException {
    Files.writeString(directory.resolve("adapter_config.json"), "{}");
    Files.writeString(directory.resolve("adapter_model.safetensors"), weights);
    return new Adapter(directory);
  }

  /** Answers as vLLM does to the loading of adapters, in words and not in JSON. */
  private static Function<Request, Answer> vllm(Answer loading) {
    Completions completions = new Completions(ScriptedModel.saying("Hi"));
    return request ->
        request.path().endsWith("/load_lora_adapter") ? loading : completions.apply(request);
  }

  private static Answer words(int status, String words) {
    return new Answer(status, Map.of("Content-Type", "text/plain"), words);
  }

  @Test
  void withAdapter_isLoadedAndAskedForByName(@TempDir Path directory) throws IOException {
    Answer loaded = words(200, "Success: LoRA adapter added successfully.");
    try (FakeServer server = FakeServer.answering(vllm(loaded));
        RemoteModel base = server.model().build();
        RemoteModel adapted = base.withAdapter(adapter(directory, "one"))) {
      adapted.generate(HELLO, GenerationConfig.greedy(5));

      JsonRecord load =
          server.requests().stream()
              .filter(r -> r.path().equals("/v1/load_lora_adapter"))
              .findFirst()
              .orElseThrow()
              .body();
      assertThat(load.text("lora_path")).isEqualTo(directory.toAbsolutePath().toString());
      assertThat(load.text("lora_name")).matches("tiny\\+adapter@[0-9a-f]{12}");
      assertThat(server.chats().get(0).text("model")).isEqualTo(load.text("lora_name"));
      assertThat(adapted.name()).startsWith(load.text("lora_name"));
      assertThat(base.name()).startsWith("tiny at");
    }
  }

  @Test
  void withAdapter_otherWeights_haveAnotherName(@TempDir Path one, @TempDir Path other)
      throws IOException {
    try (FakeServer server = FakeServer.answering(vllm(words(200, "ok")));
        RemoteModel base = server.model().build()) {
      assertThat(base.withAdapter(adapter(one, "one")).name())
          .isNotEqualTo(base.withAdapter(adapter(other, "other")).name());
    }
  }

  @Test
  void withAdapter_loadedBefore_isFine(@TempDir Path directory) throws IOException {
    Answer again = Answer.status(400, "{\"message\":\"The adapter has already been loaded.\"}");
    try (FakeServer server = FakeServer.answering(vllm(again));
        RemoteModel base = server.model().build()) {
      assertThat(base.withAdapter(adapter(directory, "one"))).isNotNull();
    }
  }

  @Test
  void withAdapter_refusedOrMissing_saysWhy(@TempDir Path directory) throws IOException {
    Answer refusal = Answer.status(404, "{\"message\":\"No adapter found for the path\"}");
    try (FakeServer server = FakeServer.answering(vllm(refusal));
        RemoteModel base = server.model().build()) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> base.withAdapter(new Adapter(directory)))
          .withMessageContaining("adapter_config.json");
      Adapter adapter = adapter(directory, "one");
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> base.withAdapter(adapter))
          .withMessageContaining("No adapter found");
    }
  }

  @Test
  void withAdapter_serverOfAnotherKind_saysWhatToDo(@TempDir Path directory) throws IOException {
    try (FakeServer server = FakeServer.answering(vllm(words(200, "ok")));
        RemoteModel base = server.model().server(Server.LLAMA_CPP).build()) {
      Adapter adapter = adapter(directory, "one");
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> base.withAdapter(adapter))
          .withMessageContaining("vLLM");
    }
  }
}
