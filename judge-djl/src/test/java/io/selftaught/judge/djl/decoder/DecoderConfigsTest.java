package io.selftaught.judge.djl.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.decoder.DecoderConfig.Layer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecoderConfigsTest {

  @TempDir private Path temp;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "qwen3  | {model_type: 'bloom'}                     | model_type \"bloom\"",
        "qwen3  | {model_type: null}                        | model_type \"\"",
        "qwen3  | {hidden_act: 'gelu'}                      | hidden_act \"gelu\"",
        "gemma3 | {hidden_activation: 'silu'}               | hidden_activation \"silu\"",
        "gemma3 | {use_bidirectional_attention: true}       | use_bidirectional_attention",
        "qwen3  | {attention_bias: true}                    | attention_bias",
        "llama3 | {mlp_bias: true}                          | mlp_bias",
        "llama3 | {quantization_config: {}}                 | quantization_config of no name",
        "llama3 | {quantization_config: {quant_method: awq}} | quantization_config awq",
        "llama3 | {rope_scaling: {type: 'dynamic'}}         | rope scaling \"dynamic\"",
        "llama3 | {rope_scaling: {type: 'linear'}}          | lacks \"factor\"",
        "llama3 | {rope_scaling: 7}                         | \"rope_scaling\"",
        "llama3 | {partial_rotary_factor: 0.4}              | of 8 dimensions",
        "llama3 | {rope_theta: -1}                          | base -1.0",
        "phi3   | {partial_rotary_factor: 1}                | 3 rope factors",
        "gemma2 | {layer_types: ['chunked_attention',0,0]}  | layer_types with \"chunked",
        "gemma2 | {layer_types: ['full_attention']}         | a list of 3",
        "gemma2 | {sliding_window: -8}                      | sliding_window must",
        "gemma2 | {query_pre_attn_scalar: 0}                | Multipliers",
        "granite| {logits_scaling: 0}                       | Multipliers",
        "mixtral| {num_experts_per_tok: 9}                  | num_experts_per_tok (9)",
        "llama3 | {hidden_size: 'wide'}                     | must be an integer",
        "llama3 | {hidden_size: null}                       | lacks \"hidden_size\"",
        "llama3 | {num_hidden_layers: 0}                    | num_hidden_layers",
        "llama3 | {num_key_value_heads: 3}                  | multiple of",
        "qwen2-yarn | {rope_scaling: {type: 'yarn', factor: 4, mscale: 2}} | \"mscale\""
      })
  void fromHuggingFace_whatChangesTheComputationAndIsNotKnown_isRefusedByName(
      String family, String change, String message) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> config(family, change))
        .withMessageContaining(message);
  }

  @Test
  void fromHuggingFace_gemma3WithVision_isItsTextPart() {
    DecoderConfig text = config("gemma3", "{}");
    JsonObject nested = new JsonObject();
    nested.addProperty("model_type", "gemma3");
    nested.add("text_config", References.json("families/gemma3/config.json"));

    assertThat(config(nested)).isEqualTo(text);
    nested.getAsJsonObject("text_config").remove("model_type");
    assertThat(config(nested)).isEqualTo(text);
    nested.remove("text_config");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> config(nested))
        .withMessageContaining("text_config");
  }

  @Test
  void fromHuggingFace_gemma3AsHubsHaveIt_isFilledInFromTransformersDefaults() {
    JsonObject sparse =
        JsonParser.parseString(
                """
                {model_type: "gemma3", text_config: {hidden_size: 2560, intermediate_size: 10240,
                 model_type: "gemma3_text", num_hidden_layers: 34, sliding_window: 1024,
                 rope_scaling: {factor: 8.0, rope_type: "linear"}}}""")
            .getAsJsonObject();

    DecoderConfig config = config(sparse);

    assertThat(config.vocabSize()).isEqualTo(262_208);
    assertThat(config.queryWidth()).isEqualTo(2048);
    assertThat(config.tieWordEmbeddings()).isTrue();
    assertThat(config.layers().stream().filter(layer -> !layer.windowed())).hasSize(5);
    assertThat(config.rotaries().get(0).inverseFrequencies().get(0)).isEqualTo(1 / 8.0);
    assertThat(config.rotaries().get(1).inverseFrequencies().get(0)).isEqualTo(1);
  }

  @Test
  void fromHuggingFace_sparseExperts_areInTheLayersThatAreNamed() {
    DecoderConfig config =
        config("qwen3-moe", "{num_hidden_layers: 6, mlp_only_layers: [1], decoder_sparse_step: 2}");

    assertThat(config.layers().stream().map(Layer::mixed))
        .containsExactly(false, false, false, true, false, true);
  }

  @Test
  void fromHuggingFace_longRope_endsWithTheOriginalContext() {
    assertThat(config("phi3", "{}").maxPositionEmbeddings()).isEqualTo(128);
    assertThat(config("phi3", "{rope_scaling: null}").maxPositionEmbeddings()).isEqualTo(512);
  }

  @Test
  void fromHuggingFace_contextBeyondTheModels_isRefused() {
    Path file = References.path("families/phi3/config.json");
    assertThat(DecoderConfigs.fromHuggingFace(file, OptionalInt.of(512)).maxPositionEmbeddings())
        .isEqualTo(512);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> DecoderConfigs.fromHuggingFace(file, OptionalInt.of(513)))
        .withMessageContaining("a context of 513 tokens")
        .withMessageContaining("made for 512");
  }

  @Test
  void fromHuggingFace_contextWithinTheOriginal_turnsByTheShortFactors() {
    Path file = References.path("families/phi3/config.json");
    DecoderConfig plain = DecoderConfigs.fromHuggingFace(file);
    assertThat(DecoderConfigs.fromHuggingFace(file, OptionalInt.of(100)).rotaries())
        .isEqualTo(plain.rotaries());
    assertThat(DecoderConfigs.fromHuggingFace(file, OptionalInt.of(129)).rotaries())
        .isNotEqualTo(plain.rotaries());
  }

  private DecoderConfig config(String family, String change) {
    JsonObject json = References.json("families/" + family + "/config.json");
    JsonParser.parseString(change)
        .getAsJsonObject()
        .entrySet()
        .forEach(entry -> json.add(entry.getKey(), entry.getValue()));
    return config(json);
  }

  private DecoderConfig config(JsonObject json) {
    Path file = temp.resolve("config.json");
    try {
      Files.writeString(file, json.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return DecoderConfigs.fromHuggingFace(file);
  }
}
