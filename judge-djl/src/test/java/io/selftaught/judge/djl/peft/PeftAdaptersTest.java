package io.selftaught.judge.djl.peft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.LoraConfig;
import io.selftaught.judge.djl.decoder.Decoder;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.decoder.LoraWeights;
import io.selftaught.judge.djl.decoder.References;
import io.selftaught.judge.djl.decoder.Runs;
import io.selftaught.judge.djl.weights.ElementType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeftAdaptersTest {

  private static final JsonObject VARIANTS = References.json("adapter-config-variants.json");

  @TempDir private Path temp;

  private final DecoderWeights base = References.load("tiny-llama", ElementType.F32);

  @AfterEach
  void close() {
    base.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny-llama-adapter", "tiny-llama-adapter-qv"})
  void adapter_logits_areThoseOfPeft(String adapter) {
    checkLogits(
        References.path(adapter),
        References.json(adapter + "/expected.json").getAsJsonArray("prompts"));
  }

  @Test
  void rankStabilisedAdapter_isScaledByTheRootOfTheRank() {
    change(VARIANTS.getAsJsonObject("use_rslora"));

    checkLogits(temp, VARIANTS.getAsJsonArray("use_rslora_expected"));
  }

  @Test
  void targetsAsRegularExpression_meanTheSame() {
    change(VARIANTS.getAsJsonObject("same_as_regex"));

    checkLogits(
        temp, References.json("tiny-llama-adapter/expected.json").getAsJsonArray("prompts"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "modules_to_save",
        "use_dora",
        "bias",
        "layers_to_transform",
        "fan_in_fan_out",
        "peft_type"
      })
  void whatIsNotPlainLora_isRefusedByName(String variant) {
    change(VARIANTS.getAsJsonObject(variant));

    refused(variant, "adapter_config.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"init_lora_weights\": \"pissa\"} | init_lora_weights",
        "{\"r\": 0} | \"r\"",
        "{\"r\": 2.5} | \"r\"",
        "{\"lora_alpha\": \"much\"} | lora_alpha",
        "{\"target_modules\": []} | target_modules",
        "{\"target_modules\": \"(\"} | no regular expression",
        "{\"unheard_of\": 3} | unheard_of",
        "{\"r\": 8} | rank 8",
        "{\"rank_pattern\": {\"q_proj\": 8}} | rank 8",
        "{\"rank_pattern\": {\"q_proj\": 4.5}} | rank_pattern",
        "{\"rank_pattern\": [4]} | rank_pattern",
        "{\"alpha_pattern\": {\"q_proj\": 0}} | alpha_pattern",
        "{\"alpha_pattern\": {\"(\": 1}} | no regular expression",
        "{\"target_modules\": [\"q_proj\"]} | no place for",
        "{\"target_modules\": [\"lm_head\"]} | no place for"
      })
  void configurationThatDoesNotFit_isRefused(String change, String message) {
    change(JsonParser.parseString(change).getAsJsonObject());

    refused(message, "adapter_");
  }

  @Test
  void missingTensors_areNamed() {
    copy(References.path("tiny-llama-adapter-qv"));
    change(JsonParser.parseString("{\"target_modules\": \"all-linear\"}").getAsJsonObject());

    refused("layers.0.self_attn.k_proj.lora_A.weight", "has no tensor");
  }

  @Test
  void adapterOfAnotherModel_isRefused() {
    try (DecoderWeights other = References.load("tiny-qwen2", ElementType.F32)) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> PeftAdapters.read(References.path("tiny-llama-adapter"), other))
          .withMessageContaining("made for another model");
    }
  }

  @Test
  void damagedFiles_areRefused() throws IOException {
    copy(References.path("tiny-llama-adapter"));
    Path model = temp.resolve("adapter_model.safetensors");
    byte[] whole = Files.readAllBytes(model);
    Files.write(model, Arrays.copyOf(whole, whole.length - 7));
    refused("adapter_model.safetensors", "truncated");
    Files.delete(model);
    refused("adapter_model.safetensors", "");
    Files.writeString(temp.resolve("adapter_config.json"), "{\"r\": ");
    refused("adapter_config.json", "JSON");
    Files.writeString(temp.resolve("adapter_config.json"), "[]");
    refused("adapter_config.json", "not a JSON object");
    Files.delete(temp.resolve("adapter_config.json"));
    refused("adapter_config.json", "Can't read");
  }

  @Test
  void writtenAdapter_readAgain_isTheSame() {
    LoraConfig shape = LoraConfig.builder().rank(4).alpha(8).build();
    try (LoraWeights lora = PeftAdapters.read(References.path("tiny-llama-adapter"), base)) {
      assertThat(PeftAdapters.exists(temp)).isFalse();
      PeftAdapters.write(temp, lora, shape, "tiny-llama");
      assertThat(PeftAdapters.exists(temp)).isTrue();
    }

    assertThat(temp.resolve("adapter_model.safetensors"))
        .hasSameBinaryContentAs(References.path("tiny-llama-adapter/adapter_model.safetensors"));
    checkLogits(
        temp, References.json("tiny-llama-adapter/expected.json").getAsJsonArray("prompts"));
  }

  private void refused(String... parts) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> PeftAdapters.read(temp, base))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  /** Copies the adapter, unless one is there, and replaces keys of its configuration. */
  private void change(JsonObject keys) {
    Path file = temp.resolve("adapter_config.json");
    if (!Files.exists(file)) {
      copy(References.path("tiny-llama-adapter"));
    }
    try {
      JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      keys.entrySet().forEach(entry -> json.add(entry.getKey(), entry.getValue()));
      Files.writeString(file, json.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copy(Path adapter) {
    try {
      for (String name : List.of("adapter_config.json", "adapter_model.safetensors")) {
        Files.copy(adapter.resolve(name), temp.resolve(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void checkLogits(Path adapter, JsonArray prompts) {
    try (LoraWeights lora = PeftAdapters.read(adapter, base);
        Decoder decoder = Decoder.of(base, lora)) {
      assertThat(prompts).isNotEmpty();
      for (JsonObject prompt : References.objects(prompts)) {
        int[] ids = References.ints(prompt.get("ids"));
        Runs.prefill(decoder, 0, ids, ids.length);
        assertThat(decoder.promptLogits(0))
            .containsExactly(References.floats(prompt.get("logits")), within(1e-4f));
        decoder.release(0);
      }
    }
  }
}
