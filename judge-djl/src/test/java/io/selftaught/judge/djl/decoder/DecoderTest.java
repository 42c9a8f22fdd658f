package io.selftaught.judge.djl.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import io.selftaught.judge.djl.weights.ElementType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of transformers on random models; see {@code src/test/resources/reference}. */
class DecoderTest {

  @ParameterizedTest
  @ValueSource(strings = {"tiny-llama", "tiny-qwen2"})
  void prompt_logitsAndGreedyTokens_areThoseOfTransformers(String model) {
    try (DecoderWeights weights = References.load(model, ElementType.F32)) {
      check(weights, References.json(model + "/expected.json"), 1e-4f);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"f32", "q8_0"})
  void prompt_logitsOfGguf_areThoseOfTransformers(String type) {
    String file = "tiny-llama-gguf/tiny-llama-" + type + ".gguf";
    String expected = type.equals("f32") ? "tiny-llama" : "tiny-llama-gguf";
    String name = type.equals("f32") ? "expected.json" : "expected-q8_0.json";
    try (DecoderWeights weights = References.loadGguf(References.path(file), ElementType.F32)) {
      check(weights, References.json(expected + "/" + name), 1e-4f);
    }
  }

  @Test
  void prompt_logitsInBfloat16_areNearThoseOfTransformers() {
    try (DecoderWeights weights = References.load("tiny-llama-bf16", ElementType.BF16)) {
      check(weights, References.json("tiny-llama-bf16/expected.json"), 0.5f);
    }
  }

  private static void check(DecoderWeights weights, JsonObject expected, float tolerance) {
    try (LoraWeights none = LoraWeights.none(weights);
        Decoder decoder = Decoder.of(weights, none)) {
      long prompt = 0;
      for (JsonObject p : References.objects(expected.getAsJsonArray("prompts"))) {
        int[] ids = References.ints(p.get("ids"));
        Candidates first = Runs.prefill(decoder, prompt, ids, Integer.MAX_VALUE);
        assertThat(decoder.promptLogits(prompt))
            .containsExactly(References.floats(p.get("logits")), within(tolerance));
        if (p.has("greedy")) {
          int[] greedy = References.ints(p.get("greedy"));
          assertThat(Runs.greedy(decoder, prompt, ids.length, first, greedy.length))
              .isEqualTo(greedy);
        }
        decoder.release(prompt++);
      }
    }
  }

  @Test
  void prefill_inPieces_givesTheSameLogits() {
    try (DecoderWeights weights = References.load("tiny-llama", ElementType.F32);
        LoraWeights none = LoraWeights.none(weights);
        Decoder decoder = Decoder.of(weights, none)) {
      JsonObject longest =
          References.objects(References.json("tiny-llama/expected.json").getAsJsonArray("prompts"))
              .get(3);
      Runs.prefill(decoder, 7, References.ints(longest.get("ids")), 16);
      assertThat(decoder.promptLogits(7))
          .containsExactly(References.floats(longest.get("logits")), within(1e-4f));
    }
  }

  @Test
  void step_rowsOfSeveralPromptsAndLengths_giveWhatEachGivesAlone() {
    try (DecoderWeights weights = References.load("tiny-llama", ElementType.F32);
        LoraWeights none = LoraWeights.none(weights);
        Decoder decoder = Decoder.of(weights, none)) {
      int[] p0 = {5, 9, 200, 31};
      int[] p1 = {17, 3};
      Runs.prefill(decoder, 0, p0, 100);
      Runs.prefill(decoder, 1, p1, 100);
      decoder.arrange(new int[0], new int[0], 2, 2);
      Runs.step(decoder, new int[] {40, 40}, 4, new int[] {0, 0}, new long[] {0}, new int[] {2});
      Runs.step(decoder, new int[] {41, 41}, 4, new int[] {1, 1}, new long[] {0}, new int[] {2});
      // The second row is moved on, the first gives way to a fresh one and a third joins.
      decoder.arrange(new int[] {1}, new int[] {0}, 3, 5);
      decoder.step(
          new Decoder.Batch(
              new int[] {42, 50, 60},
              new int[] {4, 4, 2},
              new int[] {2, 0, 0},
              new long[] {0, 1},
              new int[] {2, 3},
              Runs.query(3)));
      float[][] rows = {decoder.rowLogits(0), decoder.rowLogits(1), decoder.rowLogits(2)};
      assertThat(rows[0]).containsExactly(alone(decoder, p0, 40, 41, 42), within(1e-4f));
      assertThat(rows[1]).containsExactly(alone(decoder, p0, 50), within(1e-4f));
      assertThat(rows[2]).containsExactly(alone(decoder, p1, 60), within(1e-4f));
    }
  }

  private static float[] alone(Decoder decoder, int[] prompt, int... tail) {
    Runs.prefill(decoder, 99, concat(prompt, tail), 100);
    float[] logits = decoder.promptLogits(99);
    decoder.release(99);
    return logits;
  }

  private static int[] concat(int[] a, int[] b) {
    int[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }
}
