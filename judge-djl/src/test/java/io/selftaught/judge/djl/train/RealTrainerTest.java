package io.selftaught.judge.djl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.common.primitives.ImmutableIntArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.decoder.LoraWeights;
import io.selftaught.judge.djl.decoder.References;
import io.selftaught.judge.djl.peft.AdapterTensor;
import io.selftaught.judge.djl.peft.Projection;
import io.selftaught.judge.djl.torchscript.HostMemory;
import io.selftaught.judge.djl.weights.ElementType;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The numbers of PEFT on a real model; the adapter is the formula of the fixtures' README. */
@Tag("weights")
class RealTrainerTest {

  private static final JsonObject EXPECTED =
      References.json("smollm2-135m.json").getAsJsonObject("lora");

  @Test
  void realModel_lossAndGradientNorm_areThoseOfPeft() {
    List<TrainingSequence> batch =
        References.objects(EXPECTED.getAsJsonArray("batch")).stream()
            .map(RealTrainerTest::sequence)
            .toList();
    int learnt = batch.stream().mapToInt(TrainingSequence::learnt).sum();
    try (DecoderWeights base =
            References.loadGguf(
                References.model("smollm2-135m-instruct-q4_1.gguf"), ElementType.F32);
        LoraWeights lora = adapter(base);
        TrainedTensors tensors = new TrainedTensors(lora.tensors(), TensorSource.initialLora(0));
        Trainer trainer = Trainer.ofLora(base, lora, 0, tensors, 0)) {
      double loss = 0;
      for (MicroBatch part : MicroBatch.split(batch, 2048)) {
        loss += trainer.accumulate(part, 1.0 / learnt, 0);
      }
      double norm = trainer.step(new Trainer.Step(1e-4, 0.9, 0.95, 0.1, 1));
      assertThat(loss / learnt).isCloseTo(EXPECTED.get("loss").getAsDouble(), within(1e-4));
      assertThat(norm).isCloseTo(EXPECTED.get("gradient_norm").getAsDouble(), within(1e-3));
    }
  }

  private static TrainingSequence sequence(JsonObject json) {
    return new TrainingSequence(
        json.get("source").getAsString(),
        ImmutableIntArray.copyOf(References.ints(json.get("ids"))),
        json.get("completion_start").getAsInt());
  }

  private static LoraWeights adapter(DecoderWeights base) {
    List<String> names =
        StreamSupport.stream(EXPECTED.getAsJsonArray("projections").spliterator(), false)
            .map(JsonElement::getAsString)
            .toList();
    int rank = EXPECTED.get("rank").getAsInt();
    NDManager manager = NDManager.newBaseManager(base.device(), "PyTorch");
    List<NDArray> arrays = new ArrayList<>();
    for (AdapterTensor tensor : AdapterTensor.of(base.config(), List.of(Projection.values()))) {
      Shape shape = tensor.shape(base.config(), rank);
      double offset = 1 + 1.3 * tensor.layer() + 0.7 * names.indexOf(tensor.projection().key());
      boolean sine = tensor.side() == AdapterTensor.Side.A;
      NDArray array =
          HostMemory.create(
              manager, shape, bytes -> fill(bytes.asFloatBuffer(), shape.get(1), offset, sine));
      array.setName(tensor.loraName());
      arrays.add(array);
    }
    return new LoraWeights(manager, EXPECTED.get("alpha").getAsDouble() / rank, arrays);
  }

  private static void fill(FloatBuffer numbers, long columns, double offset, boolean sine) {
    for (int n = 0; numbers.hasRemaining(); n++) {
      double angle = offset + 0.37 * (n / columns) + 0.11 * (n % columns);
      numbers.put((float) (0.02 * (sine ? Math.sin(angle) : Math.cos(angle))));
    }
  }
}
