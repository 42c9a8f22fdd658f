package io.selftaught.judge.djl.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import io.selftaught.judge.djl.decoder.Runs.Row;
import io.selftaught.judge.djl.weights.ElementType;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** Reads at once what the other prompt reads in a piece and a rest, however that is rounded. */
  @ParameterizedTest
  @CsvSource({
    "tiny-qwen2, F32, NONE, AS_COMPUTED",
    "tiny-qwen2, BF16, NONE, AS_COMPUTED",
    "tiny-qwen2, BF16, NONE, INT8",
    "tiny-qwen2, BF16, INT8, AS_COMPUTED",
    "tiny-qwen2, BF16, INT4, AS_COMPUTED",
    "families/gemma3, BF16, NONE, AS_COMPUTED",
    "families/qwen3-moe, BF16, NONE, AS_COMPUTED"
  })
  void prefill_afterWhatAnotherPromptHasRead_givesExactlyWhatReadingAllGives(
      String model, ElementType type, Quantisation quantisation, KeyValueFormat format) {
    int[] ids = new Random(5).ints(300, 0, 90).toArray();
    try (DecoderWeights weights = References.load(model, new Precision(type, quantisation));
        LoraWeights none = LoraWeights.none(weights);
        Decoder decoder = Decoder.of(weights, none, format)) {
      Runs.prefill(decoder, 0, ids, decoder.stride());
      decoder.begin(1, ids.length, 0, Decoder.PIECE);
      Runs.read(decoder, 1, ids, Decoder.PIECE, decoder.stride());
      assertThat(decoder.promptLogits(1)).isEqualTo(decoder.promptLogits(0));
    }
  }

  /** In 8 bits a number may be rounded up in one way of computing it and down in another. */
  @ParameterizedTest
  @CsvSource({
    "tiny-llama, F32, AS_COMPUTED, 1e-4",
    "tiny-llama-bf16, BF16, AS_COMPUTED, 0.3",
    "tiny-llama, F32, INT8, 2e-2",
    "tiny-llama-bf16, BF16, INT8, 0.3"
  })
  void step_rowsOfSeveralPromptsAndLengths_giveWhatEachGivesAlone(
      String model, ElementType type, KeyValueFormat format, float tolerance) {
    try (DecoderWeights weights = References.load(model, type);
        LoraWeights none = LoraWeights.none(weights);
        Decoder decoder = Decoder.of(weights, none, format)) {
      int[] p0 = {5, 9, 200, 31};
      int[] p1 = {17, 3};
      Runs.prefill(decoder, 0, p0, 100);
      Runs.prefill(decoder, 1, p1, 100);
      decoder.reserve(4, 2);
      Runs.step(decoder, new Row(40, 4, 0, 4, 0, true), new Row(40, 4, 0, 4, 0, true));
      Runs.step(decoder, new Row(41, 4, 0, 4, 1, true), new Row(41, 4, 0, 4, 1, true));
      // The second row moves to a wider slot, the first one gives way to a fresh one and others
      // join.
      decoder.reserve(8, 2);
      decoder.move(4, 1, 8, 0);
      decoder.fill(8, 1, 1);
      decoder.reserve(4, 3);
      decoder.fill(4, 1, 1);
      Runs.step(
          decoder,
          new Row(50, 4, 0, 4, 0, true),
          new Row(60, 4, 1, 2, 0, false),
          new Row(61, 4, 1, 2, 0, true),
          new Row(42, 8, 0, 4, 2, true),
          new Row(62, 8, 1, 2, 0, false));
      float[][] rows = new float[5][];
      for (int row = 0; row < rows.length; row++) {
        rows[row] = decoder.rowLogits(row);
      }
      assertThat(rows[0]).containsExactly(alone(decoder, p0, 50), within(tolerance));
      assertThat(rows[1]).containsExactly(alone(decoder, p1, 60), within(tolerance));
      assertThat(rows[2]).containsExactly(alone(decoder, p1, 61), within(tolerance));
      assertThat(rows[3]).containsExactly(alone(decoder, p0, 40, 41, 42), within(tolerance));
      assertThat(rows[4]).containsExactly(alone(decoder, p1, 62), within(tolerance));
    }
  }

  /** Keys of another position or head would be off by as much as the logits are large. */
  @ParameterizedTest
  @ValueSource(strings = {"tiny-llama", "tiny-qwen2", "families/gemma2", "families/gemma3"})
  void keysAndValuesInBytes_logits_areOffByLittle(String model) {
    try (DecoderWeights weights = References.load(model, ElementType.F32);
        LoraWeights none = LoraWeights.none(weights);
        Decoder full = Decoder.of(weights, none);
        Decoder bytes = Decoder.of(weights, none, KeyValueFormat.INT8)) {
      int[] ids = new Random(5).ints(48, 3, weights.config().vocabSize()).toArray();
      assertThat(References.distance(logits(bytes, ids), logits(full, ids))).isBetween(1e-4, 0.03);
    }
  }

  /** Reads half of a text in pieces and writes the other half. */
  private static float[] logits(Decoder decoder, int[] ids) {
    int read = ids.length / 2;
    Runs.prefill(decoder, 0, Arrays.copyOf(ids, read), 10);
    decoder.reserve(read, 1);
    for (int i = read; i < ids.length; i++) {
      Runs.step(decoder, new Row(ids[i], read, 0, read, i - read, true));
    }
    return decoder.rowLogits(0);
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
