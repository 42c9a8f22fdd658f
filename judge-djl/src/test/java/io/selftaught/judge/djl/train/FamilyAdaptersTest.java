package io.selftaught.judge.djl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import com.google.common.primitives.ImmutableIntArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.LoraConfig;
import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.djl.decoder.Decoder;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.decoder.LoraWeights;
import io.selftaught.judge.djl.decoder.References;
import io.selftaught.judge.djl.decoder.Runs;
import io.selftaught.judge.djl.peft.PeftAdapters;
import io.selftaught.judge.djl.peft.Projection;
import io.selftaught.judge.djl.weights.ElementType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of PEFT on adapters of a random model of each family, which train past the windows. */
class FamilyAdaptersTest {

  private static final TrainingConfig TRAINING = TrainingConfig.builder().build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "qwen3",
        "gemma3",
        "gemma2",
        "phi3",
        "olmo2",
        "smollm3",
        "granite",
        "qwen3-moe",
        "mixtral"
      })
  void adapter_logits_areThoseOfPeft(String family) {
    try (DecoderWeights base = References.load("families/" + family, ElementType.F32);
        LoraWeights lora = PeftAdapters.read(adapter(family), base);
        Decoder decoder = Decoder.of(base, lora)) {
      for (JsonObject prompt : References.objects(expected(family).getAsJsonArray("prompts"))) {
        int[] ids = References.ints(prompt.get("ids"));
        Runs.prefill(decoder, 0, ids, ids.length);
        assertThat(decoder.promptLogits(0))
            .containsExactly(References.floats(prompt.get("logits")), within(1e-4f));
        decoder.release(0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"qwen3", "gemma3", "gemma2", "phi3", "olmo2", "smollm3", "qwen3-moe", "mixtral"})
  void gradients_areThoseOfPeft(String family) {
    JsonObject expected = expected(family);
    List<TrainingSequence> batch =
        References.objects(expected.getAsJsonArray("batch")).stream()
            .map(FamilyAdaptersTest::sequence)
            .toList();
    int learnt = batch.stream().mapToInt(TrainingSequence::learnt).sum();
    Map<String, float[]> found = new TreeMap<>();
    try (DecoderWeights base = References.load("families/" + family, ElementType.F32);
        LoraWeights lora = PeftAdapters.read(adapter(family), base);
        TrainedTensors tensors = new TrainedTensors(lora.tensors(), TensorSource.initialLora(0));
        Trainer trainer = Trainer.ofLora(base, lora, 0, tensors, 0)) {
      double loss =
          MicroBatch.split(batch, 40).stream()
              .mapToDouble(
                  part -> trainer.accumulate(part, 1.0 / learnt, new Trainer.Thrift(1, 4), 0))
              .sum();
      assertThat(loss / learnt).isCloseTo(expected.get("loss").getAsDouble(), within(1e-4));
      lora.tensors().forEach(array -> found.put(peftName(array), trainer.gradient(array)));
    }
    check(found, expected.getAsJsonObject("gradients"));
  }

  private static void check(Map<String, float[]> found, JsonObject gradients) {
    JsonObject norms = gradients.getAsJsonObject("norms");
    assertThat(found.keySet()).isEqualTo(norms.keySet());
    found.forEach(
        (name, gradient) -> {
          double norm = norms.get(name).getAsDouble();
          assertThat(norm(gradient)).as(name).isCloseTo(norm, within(1e-4 * Math.max(1, norm)));
        });
    JsonObject full = gradients.getAsJsonObject("full");
    assertThat(full.size()).isEqualTo(2);
    full.entrySet()
        .forEach(
            entry ->
                assertThat(found.get(entry.getKey()))
                    .as(entry.getKey())
                    .containsExactly(flat(entry.getValue()), within(5e-5f)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemma3", "phi3", "qwen3-moe"})
  void writtenAdapter_holdsTheSameAndIsReadAgain(String family, @TempDir Path directory) {
    LoraConfig shape = LoraConfig.builder().rank(2).alpha(4).build();
    try (DecoderWeights base = References.load("families/" + family, ElementType.F32);
        LoraWeights lora = PeftAdapters.read(adapter(family), base)) {
      PeftAdapters.write(directory, lora, shape, family);
      PeftAdapters.read(directory, base).close();
    }
    assertThat(directory.resolve("adapter_model.safetensors"))
        .hasSameBinaryContentAs(adapter(family).resolve("adapter_model.safetensors"));
  }

  @ParameterizedTest
  @CsvSource({"phi3, 24", "qwen3-moe, 16", "gemma3, 84"})
  void newAdapter_hasTheProjectionsOfTheFamily(String family, int tensors) {
    LoraConfig config =
        family.equals("qwen3-moe")
            ? LoraConfig.builder()
                .targetModules(Set.of("q_proj", "k_proj", "v_proj", "o_proj"))
                .build()
            : LoraConfig.builder().build();
    try (DecoderWeights base = References.load("families/" + family, ElementType.F32);
        LoraWeights lora =
            new LoraTrainer(base, family, config, TRAINING).adapter(TensorSource.initialLora(1))) {
      assertThat(lora.tensors()).hasSize(tensors);
    }
  }

  @Test
  void expertsAsTargets_areRefusedByName() {
    try (DecoderWeights base = References.load("families/mixtral", ElementType.F32)) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(
              () -> new LoraTrainer(base, "mixtral", LoraConfig.builder().build(), TRAINING))
          .withMessageContaining("gate_proj")
          .withMessageContaining("[q_proj, k_proj, v_proj, o_proj]");
    }
  }

  private static Path adapter(String family) {
    return References.path("families/" + family + "/adapter");
  }

  private static JsonObject expected(String family) {
    return References.json("families/" + family + "/adapter/expected.json");
  }

  private static TrainingSequence sequence(JsonObject json) {
    return new TrainingSequence(
        "reference",
        ImmutableIntArray.copyOf(References.ints(json.get("ids"))),
        json.get("completion_start").getAsInt());
  }

  private static String peftName(NDArray array) {
    String[] parts = array.getName().split("\\.", -1);
    return "base_model.model.model.layers.%s.%s.lora_%s.weight"
        .formatted(
            parts[1], Projection.valueOf(parts[2].toUpperCase(Locale.ROOT)).path(), parts[3]);
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  private static float[] flat(JsonElement matrix) {
    List<Float> values = new ArrayList<>();
    for (JsonElement row : matrix.getAsJsonArray()) {
      row.getAsJsonArray().forEach(value -> values.add(value.getAsFloat()));
    }
    float[] flat = new float[values.size()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = values.get(i);
    }
    return flat;
  }
}
