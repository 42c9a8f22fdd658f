package io.selftaught.judge.djl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import com.google.common.primitives.ImmutableIntArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.decoder.LoraWeights;
import io.selftaught.judge.djl.decoder.References;
import io.selftaught.judge.djl.peft.PeftAdapters;
import io.selftaught.judge.djl.torchscript.HostMemory;
import io.selftaught.judge.djl.weights.ElementType;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of PEFT on random models; see {@code src/test/resources/reference}. */
class TrainerTest {

  private static final JsonObject EXPECTED = References.json("tiny-llama-adapter/expected.json");
  private static final List<TrainingSequence> BATCH =
      References.objects(EXPECTED.getAsJsonArray("batch")).stream()
          .map(TrainerTest::sequence)
          .toList();
  private static final int LEARNT = BATCH.stream().mapToInt(TrainingSequence::learnt).sum();
  private static final Trainer.Step STEP = new Trainer.Step(1e-3, 0.9, 0.95, 0.1, 1);
  private static final int ALL_AT_ONCE = 10_000;

  private static final Trainer.Thrift FRUGAL = new Trainer.Thrift(0, 4);
  private static final Trainer.Thrift LAVISH = new Trainer.Thrift(2, 10_000);

  private final DecoderWeights base = References.load("tiny-llama", ElementType.F32);
  private final LoraWeights lora = PeftAdapters.read(References.path("tiny-llama-adapter"), base);
  private final TrainedTensors tensors =
      new TrainedTensors(lora.tensors(), TensorSource.initialLora(0));

  @AfterEach
  void close() {
    tensors.close();
    lora.close();
    base.close();
  }

  private static TrainingSequence sequence(JsonObject json) {
    return new TrainingSequence(
        "reference",
        ImmutableIntArray.copyOf(References.ints(json.get("ids"))),
        json.get("completion_start").getAsInt());
  }

  private double accumulate(Trainer trainer, int maxTokens, Trainer.Thrift thrift) {
    return MicroBatch.split(BATCH, maxTokens).stream()
            .mapToDouble(batch -> trainer.accumulate(batch, 1.0 / LEARNT, thrift, 0))
            .sum()
        / LEARNT;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 60, ALL_AT_ONCE})
  void threeSteps_lossesNormsAndTensors_areThoseOfPeft(int maxTokens) {
    float[] losses = References.floats(EXPECTED.get("losses"));
    float[] norms = References.floats(EXPECTED.get("gradient_norms"));
    try (Trainer trainer = Trainer.ofLora(base, lora, 0, tensors, 0)) {
      for (int i = 0; i < 3; i++) {
        assertThat(accumulate(trainer, maxTokens, FRUGAL)).isCloseTo(losses[i], within(1e-4));
        assertThat(trainer.step(STEP)).isCloseTo(norms[i], within(1e-4));
      }
      assertThat(accumulate(trainer, maxTokens, FRUGAL)).isCloseTo(losses[3], within(1e-4));
    }
    JsonObject after = EXPECTED.getAsJsonObject("after").getAsJsonObject("full");
    Map<String, NDArray> arrays = byPeftName();
    assertThat(after.size()).isEqualTo(6);
    for (Map.Entry<String, JsonElement> entry : after.entrySet()) {
      assertThat(arrays.get(entry.getKey()).toFloatArray())
          .as(entry.getKey())
          .containsExactly(flat(entry.getValue()), within(2e-6f));
    }
  }

  @Test
  void firstGradients_areThoseOfPeft() {
    JsonObject gradients = EXPECTED.getAsJsonObject("gradients");
    Map<String, float[]> found = new TreeMap<>();
    try (Trainer trainer = Trainer.ofLora(base, lora, 0, tensors, 0)) {
      accumulate(trainer, ALL_AT_ONCE, FRUGAL);
      byPeftName().forEach((name, array) -> found.put(name, trainer.gradient(array)));
    }
    for (Map.Entry<String, JsonElement> entry : gradients.getAsJsonObject("full").entrySet()) {
      assertThat(found.get(entry.getKey()))
          .as(entry.getKey())
          .containsExactly(flat(entry.getValue()), within(5e-5f));
    }
    JsonObject norms = gradients.getAsJsonObject("norms");
    assertThat(found.keySet()).isEqualTo(norms.keySet());
    found.forEach(
        (name, g) ->
            assertThat(norm(g)).as(name).isCloseTo(norms.get(name).getAsDouble(), within(1e-4)));
  }

  @Test
  void layersRunAgain_lossInPieces_giveTheSameGradients() {
    List<float[]> frugal = gradients(FRUGAL, 0.1);
    List<float[]> lavish = gradients(LAVISH, 0.1);
    assertThat(frugal).hasSize(28);
    for (int i = 0; i < frugal.size(); i++) {
      assertThat(frugal.get(i)).containsExactly(lavish.get(i), within(1e-6f));
    }
  }

  @Test
  void layersRunAgain_giveTheSameGradientsBitForBit() {
    List<float[]> again = gradients(new Trainer.Thrift(0, 4), 0.1);
    List<float[]> kept = gradients(new Trainer.Thrift(2, 4), 0.1);
    for (int i = 0; i < again.size(); i++) {
      assertThat(again.get(i)).isEqualTo(kept.get(i));
    }
  }

  private List<float[]> gradients(Trainer.Thrift thrift, double dropout) {
    try (Trainer trainer = Trainer.ofLora(base, lora, dropout, tensors, 0)) {
      accumulate(trainer, ALL_AT_ONCE, thrift);
      return lora.tensors().stream().map(trainer::gradient).toList();
    }
  }

  @Test
  void gradient_isTheSlopeOfTheLoss() {
    float step = 1e-2f;
    try (Trainer trainer = Trainer.ofLora(base, lora, 0, tensors, 0)) {
      accumulate(trainer, ALL_AT_ONCE, FRUGAL);
      Map<NDArray, float[]> gradients = new IdentityHashMap<>();
      lora.tensors().forEach(tensor -> gradients.put(tensor, trainer.gradient(tensor)));
      for (NDArray tensor : lora.tensors()) {
        float[] gradient = gradients.get(tensor);
        FloatBuffer numbers = HostMemory.bytes(tensor).asFloatBuffer();
        int index = gradient.length / 2;
        float value = numbers.get(index);
        numbers.put(index, value + step);
        double above = accumulate(trainer, ALL_AT_ONCE, FRUGAL);
        numbers.put(index, value - step);
        double below = accumulate(trainer, ALL_AT_ONCE, FRUGAL);
        numbers.put(index, value);
        assertThat((above - below) / (2 * step))
            .as(tensor.getName())
            .isCloseTo(gradient[index], within(2e-2));
      }
    }
  }

  @Test
  void training_leavesTheBaseAsItIs() {
    List<float[]> before = base.tensors().stream().map(NDArray::toFloatArray).toList();
    try (Trainer trainer = Trainer.ofLora(base, lora, 0, tensors, 0)) {
      accumulate(trainer, ALL_AT_ONCE, FRUGAL);
      trainer.step(STEP);
    }
    for (int i = 0; i < before.size(); i++) {
      NDArray array = base.tensors().get(i);
      assertThat(array.toFloatArray()).as(array.getName()).isEqualTo(before.get(i));
    }
  }

  @Test
  void dropout_changesTheLossAndFollowsTheSeed() {
    MicroBatch batch = MicroBatch.split(BATCH, ALL_AT_ONCE).get(0);
    try (Trainer trainer = Trainer.ofLora(base, lora, 0.5, tensors, 0)) {
      double one = trainer.accumulate(batch, 1, 1);
      assertThat(trainer.accumulate(batch, 1, 1)).isEqualTo(one);
      assertThat(trainer.accumulate(batch, 1, 2)).isNotEqualTo(one);
    }
  }

  @Test
  void bfloat16_lossAndNorm_areNearThoseOfPeft() {
    try (DecoderWeights half = References.load("tiny-llama", ElementType.BF16);
        Trainer trainer = Trainer.ofLora(half, lora, 0, tensors, 0)) {
      assertThat(accumulate(trainer, ALL_AT_ONCE, LAVISH)).isCloseTo(8.8876, within(0.1));
      assertThat(trainer.step(STEP)).isCloseTo(12.767, within(0.5));
      assertThat(accumulate(trainer, ALL_AT_ONCE, LAVISH)).isCloseTo(8.4406, within(0.1));
    }
  }

  @Test
  void fiftySteps_keepNoArrays() {
    try (Trainer trainer = Trainer.ofLora(base, lora, 0.1, tensors, 0)) {
      accumulate(trainer, 60, FRUGAL);
      trainer.step(STEP);
      int before = trainer.managedArrays();
      for (int i = 0; i < 50; i++) {
        accumulate(trainer, 60, FRUGAL);
        trainer.step(STEP);
      }
      assertThat(trainer.managedArrays()).isEqualTo(before);
    }
  }

  private Map<String, NDArray> byPeftName() {
    Map<String, NDArray> arrays = new TreeMap<>();
    for (NDArray array : lora.tensors()) {
      String[] parts = array.getName().split("\\.", -1);
      String block = parts[2].matches("[qkvo]_proj") ? "self_attn" : "mlp";
      arrays.put(
          "base_model.model.model.layers.%s.%s.%s.lora_%s.weight"
              .formatted(parts[1], block, parts[2], parts[3]),
          array);
    }
    return arrays;
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
    StreamSupport.stream(matrix.getAsJsonArray().spliterator(), false)
        .forEach(row -> row.getAsJsonArray().forEach(v -> values.add(v.getAsFloat())));
    float[] flat = new float[values.size()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = values.get(i);
    }
    return flat;
  }
}
