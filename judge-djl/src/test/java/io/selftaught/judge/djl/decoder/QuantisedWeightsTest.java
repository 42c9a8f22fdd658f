package io.selftaught.judge.djl.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.google.gson.JsonObject;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.decoder.Runs.Row;
import io.selftaught.judge.djl.peft.PeftAdapters;
import io.selftaught.judge.djl.torchscript.HostMemory;
import io.selftaught.judge.djl.weights.ElementType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What int8 weights change in random models, whose every weight is as important as the others. */
class QuantisedWeightsTest {

  private static final Precision INT8 = new Precision(ElementType.F32, Quantisation.INT8);

  /**
   * A share of the logits' own size; the numbers are those of transformers in fp32. With VNNI 0.07
   * is enough.
   */
  private static final double TOLERANCE = 0.12;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tiny-llama",
        "tiny-qwen2",
        "families/gemma2",
        "families/gemma3",
        "families/granite",
        "families/olmo2",
        "families/phi3",
        "families/qwen3",
        "families/smollm3"
      })
  void prompts_logits_areNearThoseOfTransformers(String model) {
    try (DecoderWeights weights = References.load(model, INT8)) {
      for (JsonObject prompt : prompts(model)) {
        check(weights, LoraWeights.none(weights), prompt);
      }
    }
  }

  @Test
  void promptOnGguf_logits_areNearThoseOfTransformers() {
    try (DecoderWeights weights =
        References.loadGguf(References.path("tiny-llama-gguf/tiny-llama-q8_0.gguf"), INT8)) {
      for (JsonObject prompt : prompts("tiny-llama")) {
        check(weights, LoraWeights.none(weights), prompt);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny-llama-adapter", "tiny-llama-adapter-qv"})
  void adapterOnQuantisedWeights_logits_areNearThoseOfPeft(String adapter) {
    try (DecoderWeights weights = References.load("tiny-llama", INT8)) {
      for (JsonObject prompt : prompts(adapter)) {
        check(weights, PeftAdapters.read(References.path(adapter), weights), prompt);
      }
    }
  }

  private static List<JsonObject> prompts(String directory) {
    return References.objects(
        References.json(directory + "/expected.json").getAsJsonArray("prompts"));
  }

  /** Closes the adapter. */
  private static void check(DecoderWeights weights, LoraWeights adapter, JsonObject prompt) {
    float[] expected = References.floats(prompt.get("logits"));
    try (adapter;
        Decoder decoder = Decoder.of(weights, adapter)) {
      Runs.prefill(decoder, 0, References.ints(prompt.get("ids")), Integer.MAX_VALUE);
      assertThat(References.distance(decoder.promptLogits(0), expected))
          .isLessThan(TOLERANCE)
          .isGreaterThan(1e-5);
    }
  }

  /**
   * In int8 products are summed as integers, so that nothing depends on the order that a kernel
   * takes; in int4 each row is multiplied by itself, however many there are.
   */
  @ParameterizedTest
  @CsvSource({"F32, INT8", "BF16, INT8", "F32, INT4", "BF16, INT4"})
  void step_rowAmongOthers_givesExactlyWhatItGivesAlone(
      ElementType type, Quantisation quantisation) {
    try (DecoderWeights weights =
        References.load("tiny-llama", new Precision(type, quantisation))) {
      checkRowsAlone(weights, 20);
    }
  }

  static void checkRowsAlone(DecoderWeights weights, int count) {
    try (LoraWeights none = LoraWeights.none(weights);
        Decoder decoder = Decoder.of(weights, none)) {
      for (int prompt = 0; prompt < count; prompt++) {
        Runs.prefill(decoder, prompt, new int[] {prompt, 5, 9, 200}, 100);
      }
      decoder.reserve(8, count);
      Row[] rows = new Row[count];
      for (int row = 0; row < count; row++) {
        decoder.fill(8, row, row);
        rows[row] = new Row(30 + row, 8, row, 4, 0, false);
      }
      Runs.step(decoder, rows);
      float[][] together = new float[count][];
      for (int row = 0; row < count; row++) {
        together[row] = decoder.rowLogits(row);
      }
      for (int row = 0; row < count; row++) {
        decoder.fill(8, 0, row);
        Runs.step(decoder, rows[row]);
        assertThat(decoder.rowLogits(0)).isEqualTo(together[row]);
      }
    }
  }

  /**
   * The head is rounded too, and the likeliest tokens are multiplied again: in int8 with it as it
   * was, in int4 with numbers of 8 bits, but inputs as they are.
   */
  @ParameterizedTest
  @EnumSource(
      value = Quantisation.class,
      names = {"INT8", "INT4"})
  void candidates_logits_areMultipliedAgain(Quantisation quantisation) {
    try (DecoderWeights weights =
            References.load("tiny-llama", new Precision(ElementType.F32, quantisation));
        LoraWeights none = LoraWeights.none(weights);
        Decoder decoder = Decoder.of(weights, none)) {
      Candidates candidates = Runs.prefill(decoder, 0, new int[] {5, 9, 200, 31}, 100);
      float[] rounded = decoder.promptLogits(0);
      int different = 0;
      for (int rank = 0; rank < candidates.count(); rank++) {
        float exact = candidates.logit(0, rank);
        assertThat(exact).isCloseTo(rounded[candidates.id(0, rank)], within(0.1f));
        different += exact == rounded[candidates.id(0, rank)] ? 0 : 1;
        assertThat(rank == 0 || candidates.logit(0, rank - 1) >= exact).isTrue();
      }
      assertThat(different).isGreaterThan(candidates.count() / 2);
    }
  }

  @Test
  void quantise_rows_areScaledByTheirLargestNumbers() {
    try (NativeMemory memory = new NativeMemory();
        NDArray numbers = memory.empty(DataType.INT8, 3, 4);
        NDArray scale = memory.empty(DataType.FLOAT32, 3);
        NDArray rows = memory.allocate(ElementType.F32, 3, 4)) {
      HostMemory.bytes(rows)
          .asFloatBuffer()
          .put(new float[] {127, -127, 0.4f, 63.6f, 0, 0, 0, 0, -2.54f, 0.03f, 1.27f, 0});
      memory.quantise(rows, numbers, scale, 0, 127);
      assertThat(numbers.toByteArray())
          .containsExactly(127, -127, 0, 64, 0, 0, 0, 0, -127, 2, 64, 0);
      assertThat(scale.toFloatArray()).containsExactly(new float[] {1, 0, 0.02f}, within(1e-6f));
    }
  }

  @ParameterizedTest
  @CsvSource({"F32, INT8", "BF16, INT8", "F32, INT4", "BF16, INT4"})
  void bytes_planned_areThoseTaken(ElementType type, Quantisation quantisation) {
    Precision precision = new Precision(type, quantisation);
    try (DecoderWeights weights = References.load("tiny-llama", precision)) {
      assertThat(weights.bytes()).isEqualTo(DecoderWeights.bytes(weights.config(), precision));
      assertThat(weights.bytes()).isLessThan(weights.parameters() * type.bytes());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "families/mixtral, mixtral, INT8",
    "families/qwen3-moe, qwen3_moe, INT8",
    "families/mixtral, mixtral, INT4"
  })
  void load_mixtureOfExperts_isRefusedByName(String model, String name, Quantisation quantisation) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> References.load(model, new Precision(ElementType.F32, quantisation)))
        .withMessage(
            "%s weights are not for mixtures of experts such as %s: load the model in BF16"
                .formatted(quantisation, name));
  }
}
