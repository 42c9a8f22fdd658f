package io.selftaught.judge.djl.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.selftaught.judge.djl.decoder.Runs.Row;
import io.selftaught.judge.djl.torchscript.ScriptModule;
import io.selftaught.judge.djl.weights.ElementType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Numbers of transformers on a random model of each family; their windows are of 8 positions, which
 * all but the first prompts outgrow.
 */
class FamiliesTest {

  private static final float TOLERANCE = 1e-4f;
  private static final int PROMPT = 7;

  static Stream<String> families() {
    return Arrays.stream(References.path("families").toFile().list()).sorted();
  }

  static Stream<String> ggufFamilies() {
    return families().filter(family -> Files.exists(gguf(family)));
  }

  private static Path gguf(String family) {
    return References.path("families/" + family + "/model.gguf");
  }

  @Test
  void everyFamily_hasAModel() {
    assertThat(families().map(FamiliesTest::config).map(DecoderConfig::family))
        .contains(Family.values());
    assertThat(ggufFamilies()).hasSize(10);
  }

  private static DecoderConfig config(String family) {
    return DecoderConfigs.fromHuggingFace(References.path("families/" + family + "/config.json"));
  }

  @ParameterizedTest
  @MethodSource("families")
  void prompts_logitsAndGreedyTokens_areThoseOfTransformers(String family) {
    try (DecoderWeights weights = References.load("families/" + family, ElementType.F32)) {
      check(weights, prompts(family, "expected.json"));
    }
  }

  @ParameterizedTest
  @MethodSource("ggufFamilies")
  void promptsOnGguf_logitsAndGreedyTokens_areThoseOfTransformers(String family) {
    boolean own = Files.exists(gguf(family).resolveSibling("expected-gguf.json"));
    try (DecoderWeights weights = References.loadGguf(gguf(family), ElementType.F32)) {
      check(weights, prompts(family, own ? "expected-gguf.json" : "expected.json"));
    }
  }

  @Test
  void promptBeyondTheOriginalContextOfLongRope_isReadAsByTransformers() {
    OptionalInt context = OptionalInt.of(512);
    JsonObject prompt = prompts("phi3", "expected-long.json").get(0);
    Precision fp32 = Precision.of(ElementType.F32);
    try (DecoderWeights weights = References.load("families/phi3", context, fp32)) {
      check(weights, List.of(prompt));
    }
    try (DecoderWeights weights = References.loadGguf(gguf("phi3"), context, fp32)) {
      check(weights, List.of(prompt));
    }
  }

  private static void check(DecoderWeights weights, List<JsonObject> prompts) {
    try (LoraWeights none = LoraWeights.none(weights);
        Decoder decoder = Decoder.of(weights, none)) {
      for (JsonObject prompt : prompts) {
        int[] ids = References.ints(prompt.get("ids"));
        float[] logits = References.floats(prompt.get("logits"));
        int[] greedy = References.ints(prompt.get("greedy"));
        Candidates first = Runs.prefill(decoder, PROMPT, ids, Integer.MAX_VALUE);
        assertThat(decoder.promptLogits(PROMPT)).containsExactly(logits, within(TOLERANCE));
        assertThat(greedy).hasSize(16);
        assertThat(Runs.greedy(decoder, PROMPT, ids.length, first, 16)).isEqualTo(greedy);
        Runs.prefill(decoder, PROMPT, ids, 5);
        assertThat(decoder.promptLogits(PROMPT)).containsExactly(logits, within(TOLERANCE));
        for (int read : new int[] {1, 3, 12}) {
          if (read < ids.length) {
            assertThat(stepped(decoder, ids, read)).containsExactly(logits, within(TOLERANCE));
          }
        }
        decoder.release(PROMPT);
      }
    }
  }

  /** Reads the first ids as a prompt and adds the others one by one. */
  private static float[] stepped(Decoder decoder, int[] ids, int read) {
    Runs.prefill(decoder, PROMPT, Arrays.copyOf(ids, read), Integer.MAX_VALUE);
    decoder.reserve(ids.length, 1);
    for (int i = read; i < ids.length; i++) {
      Runs.step(decoder, new Row(ids[i], ids.length, PROMPT, read, i - read, true));
    }
    decoder.free(ids.length);
    return decoder.rowLogits(0);
  }

  @ParameterizedTest
  @MethodSource("families")
  void rowsOfSeveralPromptsAndLengths_giveWhatEachGivesAlone(String family) {
    int[] ids = References.ints(prompts(family, "expected.json").get(2).get("ids"));
    try (DecoderWeights weights = References.load("families/" + family, ElementType.F32);
        LoraWeights none = LoraWeights.none(weights);
        Decoder decoder = Decoder.of(weights, none)) {
      Runs.prefill(decoder, 0, Arrays.copyOf(ids, 12), 100);
      Runs.prefill(decoder, 1, Arrays.copyOf(ids, 2), 100);
      decoder.reserve(16, 3);
      for (int i = 0; i < 9; i++) {
        Runs.step(decoder, new Row(ids[12 + i], 16, 0, 12, i, true));
      }
      decoder.move(16, 0, 16, 1);
      decoder.reserve(32, 2);
      decoder.fill(32, 0, 0);
      decoder.fill(32, 1, 1);
      for (int i = 0; i < 9; i++) {
        Runs.step(decoder, new Row(ids[12 + i], 32, 0, 12, i, false));
      }
      Runs.step(
          decoder,
          new Row(ids[12], 16, 0, 12, 0, true),
          new Row(ids[21], 16, 0, 12, 9, true),
          new Row(ids[2], 16, 1, 2, 0, true),
          new Row(ids[21], 32, 0, 12, 9, false),
          new Row(ids[2], 32, 1, 2, 0, false));
      int[] lengths = {13, 22, 3, 22, 3};
      for (int row = 0; row < lengths.length; row++) {
        int[] whole = Arrays.copyOf(ids, lengths[row]);
        float[] found = decoder.rowLogits(row);
        Runs.prefill(decoder, 9, whole, 100);
        assertThat(found).containsExactly(decoder.promptLogits(9), within(TOLERANCE));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void residualStream_normsOfEachLayer_areThoseOfTransformers(String family) {
    JsonObject expected =
        References.json("families/" + family + "/expected.json").getAsJsonObject("hidden_norms");
    try (DecoderWeights weights = References.load("families/" + family, ElementType.F32);
        ScriptModule module =
            ScriptModule.load(
                Device.cpu(),
                "stages",
                "ops",
                "quantised",
                "int4",
                "style",
                "weights",
                "experts",
                "layer",
                "attention");
        NDManager scope = module.manager().newSubManager()) {
      List<NDArray> arguments = new ArrayList<>(weights.arguments());
      arguments.add(
          scope.create(
              Arrays.stream(References.ints(expected.get("ids"))).asLongStream().toArray()));
      try (NDArray norms = module.runWithAutograd("norms", arguments)) {
        List<Float> flat = new ArrayList<>();
        for (JsonElement stage : expected.getAsJsonArray("stages")) {
          stage.getAsJsonArray().forEach(norm -> flat.add(norm.getAsFloat()));
        }
        float[] found = norms.toFloatArray();
        assertThat(found).hasSize(flat.size());
        for (int i = found.length - expected.getAsJsonArray("ids").size(); i < found.length; i++) {
          // The last norm has what divides the logits in it.
          found[i] *= (float) weights.config().scales().logits();
        }
        for (int i = 0; i < found.length; i++) {
          assertThat(found[i]).as("norm %d", i).isCloseTo(flat.get(i), within(1e-4f * flat.get(i)));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void logitsInBfloat16_areNearThoseOfTransformers(String family) {
    try (DecoderWeights weights = References.load("families/" + family, ElementType.BF16);
        LoraWeights none = LoraWeights.none(weights);
        Decoder decoder = Decoder.of(weights, none)) {
      JsonObject prompt = prompts(family, "expected.json").get(1);
      Runs.prefill(decoder, PROMPT, References.ints(prompt.get("ids")), Integer.MAX_VALUE);
      float[] expected = References.floats(prompt.get("logits"));
      assertThat(References.distance(decoder.promptLogits(PROMPT), expected)).isLessThan(0.1);
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void configurationAsTransformers5WritesIt_meansTheSame(String family) {
    Path newer = References.path("families/" + family + "/config-5.json");
    assertThat(DecoderConfigs.fromHuggingFace(newer)).isEqualTo(config(family));
  }

  private static List<JsonObject> prompts(String family, String file) {
    return References.objects(
        References.json("families/" + family + "/" + file).getAsJsonArray("prompts"));
  }
}
