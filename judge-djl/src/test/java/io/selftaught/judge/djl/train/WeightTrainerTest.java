package io.selftaught.judge.djl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import com.google.common.primitives.ImmutableIntArray;
import com.google.gson.JsonObject;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.decoder.References;
import io.selftaught.judge.djl.weights.Checkpoint;
import io.selftaught.judge.djl.weights.Checkpoints;
import io.selftaught.judge.djl.weights.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers of transformers and torch; see {@code src/test/resources/reference}. */
class WeightTrainerTest {

  private static final JsonObject EXPECTED = References.json("tiny-llama-trained.json");
  private static final List<TrainingSequence> BATCH =
      References.objects(EXPECTED.getAsJsonArray("batch")).stream()
          .map(WeightTrainerTest::sequence)
          .toList();
  private static final int LEARNT = BATCH.stream().mapToInt(TrainingSequence::learnt).sum();
  private static final Trainer.Step STEP = new Trainer.Step(1e-3, 0.9, 0.95, 0.1, 1);

  /** Where the parts of a stacked tensor come from. */
  private static final Map<String, List<String>> PARTS =
      Map.of(
          "qkv", List.of("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
          "o", List.of("self_attn.o_proj"),
          "gate_up", List.of("mlp.gate_proj", "mlp.up_proj"),
          "down", List.of("mlp.down_proj"),
          "input_norm", List.of("input_layernorm"),
          "mlp_norm", List.of("post_attention_layernorm"));

  @TempDir private Path temp;

  private final DecoderWeights weights = References.load("tiny-llama", ElementType.F32);
  private final TrainedTensors tensors =
      new TrainedTensors(weights.tensors(), TensorSource.initialLora(0));

  @AfterEach
  void close() {
    tensors.close();
    weights.close();
  }

  private static TrainingSequence sequence(JsonObject json) {
    return new TrainingSequence(
        "reference",
        ImmutableIntArray.copyOf(References.ints(json.get("ids"))),
        json.get("completion_start").getAsInt());
  }

  private static double accumulate(Trainer trainer, int maxTokens) {
    return MicroBatch.split(BATCH, maxTokens).stream()
            .mapToDouble(batch -> trainer.accumulate(batch, 1.0 / LEARNT, 0))
            .sum()
        / LEARNT;
  }

  @Test
  void threeSteps_lossesAndNorms_areThoseOfTransformers() {
    float[] losses = References.floats(EXPECTED.get("losses"));
    float[] norms = References.floats(EXPECTED.get("gradient_norms"));
    try (Trainer trainer = Trainer.ofWeights(weights, ElementType.F32, tensors, 0)) {
      for (int i = 0; i < 3; i++) {
        assertThat(accumulate(trainer, 60)).isCloseTo(losses[i], within(1e-4));
        assertThat(trainer.step(STEP)).isCloseTo(norms[i], within(1e-4));
      }
      assertThat(accumulate(trainer, 60)).isCloseTo(losses[3], within(1e-4));
    }
    JsonObject after = EXPECTED.getAsJsonObject("after");
    for (NDArray tensor : weights.tensors()) {
      assertThat(norm(tensor.toFloatArray()))
          .as(tensor.getName())
          .isCloseTo(expectedNorm(after, tensor), within(1e-4));
    }
  }

  @Test
  void firstGradients_ofEveryTensor_areThoseOfTransformers() {
    JsonObject gradients = EXPECTED.getAsJsonObject("gradients");
    try (Trainer trainer = Trainer.ofWeights(weights, ElementType.F32, tensors, 0)) {
      accumulate(trainer, 10_000);
      for (NDArray tensor : weights.tensors()) {
        assertThat(norm(trainer.gradient(tensor)))
            .as(tensor.getName())
            .isCloseTo(expectedNorm(gradients, tensor), within(1e-4));
      }
    }
  }

  @Test
  void bfloat16_computedFromFp32Weights_isNear() {
    try (Trainer trainer = Trainer.ofWeights(weights, ElementType.BF16, tensors, 0)) {
      assertThat(accumulate(trainer, 10_000)).isCloseTo(9.416, within(0.1));
      assertThat(trainer.step(STEP)).isCloseTo(15.01, within(0.5));
      assertThat(accumulate(trainer, 10_000)).isCloseTo(8.190, within(0.1));
    }
  }

  @Test
  void write_weights_areTheStoredOnesRounded() {
    Path file = temp.resolve("model.safetensors");
    weights.write(file);
    try (Checkpoint written = Checkpoints.openSafetensors(file);
        Checkpoint rounded = Checkpoints.openDirectory(References.path("tiny-llama-bf16"))) {
      assertThat(written.names()).isEqualTo(rounded.names());
      for (String name : rounded.names()) {
        assertThat(written.info(name).shape()).isEqualTo(rounded.info(name).shape());
        assertThat(numbers(written, name)).as(name).isEqualTo(numbers(rounded, name));
      }
    }
  }

  private static float[] numbers(Checkpoint checkpoint, String name) {
    int size = Math.toIntExact(checkpoint.info(name).shape().stream().reduce(1L, (a, b) -> a * b));
    ByteBuffer bytes = ByteBuffer.allocate(4 * size).order(ByteOrder.nativeOrder());
    checkpoint.read(name, ElementType.F32, bytes);
    float[] numbers = new float[size];
    bytes.flip().asFloatBuffer().get(numbers);
    return numbers;
  }

  private static double expectedNorm(JsonObject norms, NDArray tensor) {
    return Math.sqrt(
        sources(TrainedTensors.key(tensor)).stream()
            .mapToDouble(name -> Math.pow(norms.get(name + ".weight").getAsDouble(), 2))
            .sum());
  }

  private static List<String> sources(String key) {
    if (key.equals("embedding")) {
      return List.of("model.embed_tokens");
    } else if (key.equals("final_norm")) {
      return List.of("model.norm");
    }
    String layer = key.substring(0, key.indexOf('.'));
    return PARTS.get(key.substring(key.indexOf('.') + 1)).stream()
        .map(part -> "model.layers." + layer + "." + part)
        .toList();
  }

  private static double norm(float[] numbers) {
    double sum = 0;
    for (float number : numbers) {
      sum += (double) number * number;
    }
    return Math.sqrt(sum);
  }
}
