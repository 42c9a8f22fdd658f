package io.selftaught.judge.djl.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.selftaught.judge.djl.torchscript.ScriptModule;
import io.selftaught.judge.djl.weights.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyValueFormatTest {

  private static final int ROWS = 40;
  private static final int WIDTH = 64;

  @Test
  void int8_rowsOfAllSizes_areReadBackWithinHalfAStep() {
    float[] keys = rows(1);
    float[] values = rows(2);
    try (ScriptModule module = load()) {
      assertReadBack(keys, read(module, "keys", keys, values));
      assertReadBack(values, read(module, "values", keys, values));
    }
  }

  private static ScriptModule load() {
    return ScriptModule.load(
        Device.cpu(),
        "cached",
        "cache",
        "ops",
        "quantised",
        "int4",
        "style",
        "weights",
        "experts",
        "layer");
  }

  private static float[] read(ScriptModule module, String method, float[] keys, float[] values) {
    Shape shape = new Shape(ROWS, WIDTH);
    try (NDArray k = module.manager().create(keys, shape);
        NDArray v = module.manager().create(values, shape);
        NDArray result = module.run(method, ScriptModule.tensor(k), ScriptModule.tensor(v))) {
      return result.toFloatArray();
    }
  }

  private static void assertReadBack(float[] rows, float[] found) {
    for (int row = 0; row < ROWS; row++) {
      float largest = 0;
      for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
        largest = Math.max(largest, Math.abs(rows[i]));
      }
      // The scale is rounded to 8 bits, by which the largest number may be cut.
      double step = largest / 127 * (1 + 1 / 256.0);
      for (int i = row * WIDTH; i < (row + 1) * WIDTH; i++) {
        assertThat((double) found[i]).isCloseTo(rows[i], within(0.75 * step));
      }
    }
    assertThat(found).isNotEqualTo(rows);
  }

  /** The first row is zeros; the others have numbers of the size of 1e-19 up to 1e19. */
  private static float[] rows(int seed) {
    Random random = new Random(seed);
    float[] rows = new float[ROWS * WIDTH];
    for (int i = WIDTH; i < rows.length; i++) {
      rows[i] = (float) (random.nextGaussian() * Math.pow(10, i / WIDTH - ROWS / 2.0));
    }
    return rows;
  }

  @Test
  void int8_biasMakesSomeNumbersOfKeysHuge_theOthersAreKeptAndScoresAreTheSame() {
    try (DecoderWeights weights = References.load("tiny-qwen2", ElementType.F32);
        ScriptModule module = load()) {
      int keys = weights.config().queryWidth();
      NDArray bias = tensor(weights, "raw.0.qkv_bias");
      float[] numbers = bias.toFloatArray();
      numbers[keys + 1] = 100;
      numbers[keys + weights.config().headDim() + 2] = -60;
      bias.set(numbers);
      List<NDArray> arguments = new ArrayList<>(weights.arguments());
      arguments.add(module.manager().create(new long[] {5, 9, 100, 31, 7, 8, 41}));
      try (NDArray result = module.runWithAutograd("balanced", arguments)) {
        assertThat(result.toFloatArray()[0]).isBetween(1e-4f, 0.02f);
        assertThat(result.toFloatArray()[1]).isZero();
      }
    }
  }

  private static NDArray tensor(DecoderWeights weights, String name) {
    return weights.tensors().stream()
        .filter(array -> array.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "AS_COMPUTED, F32, 256",
    "AS_COMPUTED, BF16, 128",
    "INT8, F32, 208",
    "INT8, BF16, 144"
  })
  void bytesPerPosition_ofTwoLayersWithTwoHeadsOfEight(
      KeyValueFormat format, ElementType computed, long bytes) {
    DecoderConfig config =
        DecoderConfigs.fromHuggingFace(References.path("tiny-llama/config.json"));
    assertThat(format.bytesPerPosition(config, computed)).isEqualTo(bytes);
  }
}
