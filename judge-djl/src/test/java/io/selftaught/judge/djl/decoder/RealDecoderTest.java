package io.selftaught.judge.djl.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.selftaught.judge.djl.weights.ElementType;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real models give the numbers of transformers on the same dequantised weights in fp32. */
@Tag("weights")
class RealDecoderTest {

  private static final float TOLERANCE = 1e-3f;

  @ParameterizedTest
  @CsvSource({
    "smollm2-135m, 5",
    "qwen2.5-coder-0.5b, 5",
    "qwen2.5-coder-1.5b, 5",
    "gemma-3-270m, 3"
  })
  void prompts_logitsAndGreedyTokens_areThoseOfTransformers(String model, int count) {
    JsonObject expected = References.json(model + ".json");
    Path file = References.model(expected.get("file").getAsString());
    int[] probes = References.ints(expected.get("probe_ids"));
    try (DecoderWeights weights = References.loadGguf(file, ElementType.F32);
        LoraWeights none = LoraWeights.none(weights);
        Decoder decoder = Decoder.of(weights, none)) {
      JsonArray prompts = expected.getAsJsonArray("prompts");
      assertThat(prompts).hasSize(count);
      for (JsonObject prompt : References.objects(prompts)) {
        check(decoder, prompt, probes);
      }
    }
  }

  private static void check(Decoder decoder, JsonObject prompt, int[] probes) {
    int[] ids = References.ints(prompt.get("ids"));
    Candidates first = Runs.prefill(decoder, 0, ids, 512);
    float[] logits = decoder.promptLogits(0);
    assertThat(at(logits, References.ints(prompt.get("top_ids"))))
        .containsExactly(References.floats(prompt.get("top_logits")), within(TOLERANCE));
    assertThat(at(logits, probes))
        .containsExactly(References.floats(prompt.get("probe_logits")), within(TOLERANCE));
    assertThat(first.logSumExp(0))
        .isCloseTo(prompt.get("log_sum_exp").getAsFloat(), within(TOLERANCE));
    int[] greedy = References.ints(prompt.get("greedy"));
    assertThat(greedy).hasSize(64);
    assertThat(Runs.greedy(decoder, 0, ids.length, first, greedy.length)).isEqualTo(greedy);
    decoder.release(0);
  }

  private static float[] at(float[] logits, int[] ids) {
    float[] values = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      values[i] = logits[ids[i]];
    }
    return values;
  }
}
