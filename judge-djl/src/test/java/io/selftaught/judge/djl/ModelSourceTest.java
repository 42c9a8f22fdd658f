package io.selftaught.judge.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.djl.decoder.References;
import io.selftaught.judge.djl.hub.FakeHub;
import io.selftaught.judge.djl.hub.Hub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSourceTest {

  private static final DjlOptions FP32 =
      DjlOptions.builder().dataType(DjlOptions.DataType.FP32).device(DjlOptions.Device.CPU).build();

  @TempDir private Path cache;
  private FakeHub fake;

  @BeforeEach
  void start() {
    fake = new FakeHub();
  }

  @AfterEach
  void stop() {
    fake.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny-llama", "tiny-qwen2"})
  void find_repositoryOfSafetensors_loadsAsItsDirectoryDoes(String name) throws IOException {
    put(name);
    assertSameModel("org/" + name, References.path(name));
  }

  @Test
  void find_ggufOfARepository_loadsAsTheFileDoes() throws IOException {
    Path file = References.path("tiny-llama-gguf").resolve("tiny-llama-q8_0.gguf");
    fake.large("q/model.gguf", Files.readAllBytes(file));
    assertSameModel("org/name@v1:q/model.gguf", file);
  }

  private void assertSameModel(String id, Path path) {
    List<ChatMessage> prompt = List.of(ChatMessage.user("the sea"));
    GenerationConfig config = GenerationConfig.greedy(8);
    try (DjlModel fetched = DjlModel.load(find(id), FP32);
        DjlModel local = DjlModel.load(path, FP32)) {
      if (!id.endsWith(".gguf")) {
        assertThat(fetched.generate(prompt, config)).isEqualTo(local.generate(prompt, config));
      }
      assertThat(fetched.name())
          .startsWith(id.replaceAll("@v1", "") + "@")
          .endsWith(local.name().replaceAll(".*@", "@"));
    }
  }

  @Test
  void find_unknownArchitecture_isRefusedBeforeTheWeightsAreFetched() {
    fake.small("config.json", "{\"model_type\": \"mamba\"}")
        .large("model.safetensors", new byte[9]);
    assertThatThrownBy(() -> find("org/name"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("mamba");
    assertThat(cache.resolve("models--org--name/blobs"))
        .isDirectoryNotContaining("glob:**.safetensors");
  }

  @Test
  void find_indexThatLeadsOutOfItsFolder_isRefused() throws IOException {
    put("tiny-qwen2");
    fake.small(
        "model.safetensors.index.json",
        "{\"weight_map\": {\"a\": \"../../../../evil.safetensors\"}}");
    assertThatThrownBy(() -> find("org/name"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("evil.safetensors");
  }

  @Test
  void find_noSafetensors_saysWhatToTake() throws IOException {
    Path config = References.path("tiny-llama").resolve("config.json");
    fake.small("config.json", Files.readString(config)).small("tokenizer.json", "{}");
    assertThatThrownBy(() -> find("org/name"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("org/name has neither model.safetensors nor");
  }

  @Test
  void find_repositoryOfGgufFiles_saysHowToNameOne() {
    assertThatThrownBy(() -> find("org/name-GGUF"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("config.json")
        .hasMessageContaining("org/name-GGUF:FILE");
    assertThatThrownBy(() -> find("org/name:model.bin"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not a GGUF file");
  }

  @Test
  void find_pathThatLooksLikeAnId_isThePath() {
    Path here = References.path("tiny-llama");
    String relative = Path.of("").toAbsolutePath().relativize(here.toAbsolutePath()).toString();
    assertThat(ModelSource.find(relative, () -> null, ProgressListener.none()).name())
        .startsWith("tiny-llama@");
  }

  private ModelFiles find(String id) {
    return ModelSource.find(id, () -> Hub.of(fake.settings(cache)), ProgressListener.none());
  }

  private void put(String name) throws IOException {
    try (var files = Files.list(References.path(name))) {
      for (Path file : files.toList()) {
        String target = String.valueOf(file.getFileName());
        if (target.endsWith(".safetensors")) {
          fake.large(target, Files.readAllBytes(file));
        } else {
          fake.small(target, Files.readString(file));
        }
      }
    }
  }
}
