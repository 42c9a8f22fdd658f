package io.selftaught.judge.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.selftaught.judge.Adapter;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.ContextLengthException;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.LanguageModelContract;
import io.selftaught.judge.djl.decoder.References;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DjlModelTest extends LanguageModelContract {

  private static final DjlOptions FP32 =
      DjlOptions.builder()
          .dataType(DjlOptions.DataType.FP32)
          .device(DjlOptions.Device.CPU)
          .slots(5)
          .build();

  @Override
  protected LanguageModel open() {
    return DjlModel.load(References.path("tiny-llama"), FP32);
  }

  @Override
  protected List<ChatMessage> tooLong() {
    return List.of(ChatMessage.user("sea ".repeat(200)));
  }

  @Test
  void generate_moreSamplesThanSlots_givesAllOfThem() {
    try (LanguageModel model = open()) {
      GenerationConfig config =
          GenerationConfig.builder().maxTokens(9).temperature(1).samples(13).seed(3).build();
      List<Generation> all = model.generate(conversation(), config);
      assertThat(all).hasSize(13);
      GenerationConfig fewer = config.toBuilder().samples(4).build();
      assertThat(all.subList(0, 4)).isEqualTo(model.generate(conversation(), fewer));
    }
  }

  @Test
  void generate_mixedRequestsOfManyThreads_giveWhatEachGivesAlone() throws Exception {
    try (LanguageModel model = open()) {
      MixedRequests.assertSameTexts(model, model);
    }
  }

  @Test
  void generate_answerUpToTheEndOfTheContext_isLength() {
    try (LanguageModel model = open()) {
      Generation generation =
          model
              .generate(
                  List.of(ChatMessage.user("sea ".repeat(20))),
                  GenerationConfig.builder().maxTokens(500).temperature(1.5).build())
              .get(0);
      long total =
          generation.usage().promptTokens().orElseThrow()
              + generation.usage().completionTokens().orElseThrow();
      assertThat(total).isLessThanOrEqualTo(128);
    }
  }

  @Test
  void generate_tooLongPrompt_namesBothLengths() {
    try (LanguageModel model = open()) {
      assertThatExceptionOfType(ContextLengthException.class)
          .isThrownBy(() -> model.generate(tooLong(), GenerationConfig.greedy(4)))
          .withMessageContaining("128");
    }
  }

  @Test
  void load_sameFiles_givesTheSameName() {
    try (LanguageModel one = open();
        LanguageModel other = open()) {
      assertThat(one.name()).isEqualTo(other.name()).startsWith("tiny-llama@");
    }
  }

  @Test
  void withAdapter_sharesTheBase_andChangesWhatIsSaid() {
    try (DjlModel base = DjlModel.load(References.path("tiny-llama"), FP32)) {
      List<Generation> before = base.generate(conversation(), GenerationConfig.greedy(12));
      Adapter adapter = new Adapter(References.path("tiny-llama-adapter"));
      try (DjlModel adapted = base.withAdapter(adapter)) {
        assertThat(adapted.name()).startsWith(base.name() + "+adapter@");
        assertThat(adapted.generate(conversation(), GenerationConfig.greedy(12)))
            .isNotEqualTo(before);
        assertThat(base.generate(conversation(), GenerationConfig.greedy(12))).isEqualTo(before);
      }
      assertThat(base.generate(conversation(), GenerationConfig.greedy(12))).isEqualTo(before);
    }
  }

  @Test
  void withAdapter_noAdapterThere_isRefused(@TempDir Path directory) {
    try (DjlModel base = DjlModel.load(References.path("tiny-llama"), FP32)) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> base.withAdapter(new Adapter(directory)))
          .withMessageContaining(directory.toString());
    }
  }

  @Test
  void load_missingPath_saysWhatWasExpected() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> DjlModel.load(Path.of("no-such-model")))
        .withMessageContaining("no-such-model")
        .withMessageContaining("GGUF");
  }

  @Test
  void load_unknownArchitecture_isRefusedByName(@TempDir Path directory) throws IOException {
    copy(directory, "\"llama\"", "\"mamba\"");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> DjlModel.load(directory, FP32))
        .withMessageContaining("mamba")
        .withMessageContaining("llama");
  }

  @Test
  void load_otherShapeThanConfigured_namesTheTensor(@TempDir Path directory) throws IOException {
    copy(directory, "\"intermediate_size\": 64", "\"intermediate_size\": 65");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> DjlModel.load(directory, FP32))
        .withMessageContaining("gate_proj")
        .withMessageContaining("65");
  }

  @Test
  void load_fewerTensorsThanConfigured_namesTheMissing(@TempDir Path directory) throws IOException {
    copy(directory, "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> DjlModel.load(directory, FP32))
        .withMessageContaining("missing")
        .withMessageContaining("model.layers.2.");
  }

  @Test
  void load_moreTensorsThanConfigured_namesTheUnexpected(@TempDir Path directory)
      throws IOException {
    copy(directory, "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 1");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> DjlModel.load(directory, FP32))
        .withMessageContaining("unexpected")
        .withMessageContaining("model.layers.1.");
  }

  @Test
  void load_scaledRotaryPositions_areRefused(@TempDir Path directory) throws IOException {
    copy(
        directory,
        "\"rope_scaling\": null",
        "\"rope_scaling\": {\"type\": \"dynamic\", \"factor\": 2}");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> DjlModel.load(directory, FP32))
        .withMessageContaining("dynamic");
  }

  @Test
  void load_truncatedWeights_namesTheFile(@TempDir Path directory) throws IOException {
    copy(directory, "", "");
    Path weights = directory.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> DjlModel.load(directory, FP32))
        .withMessageContaining("model.safetensors");
  }

  private static void copy(Path to, String text, String replacement) throws IOException {
    try (var files = Files.list(References.path("tiny-llama"))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    Path config = to.resolve("config.json");
    String before = Files.readString(config);
    assertThat(before).contains(text);
    Files.writeString(config, before.replace(text, replacement));
  }
}
