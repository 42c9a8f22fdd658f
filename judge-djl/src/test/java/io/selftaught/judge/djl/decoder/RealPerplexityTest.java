package io.selftaught.judge.djl.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.google.gson.JsonObject;
import io.selftaught.judge.djl.text.ChatTokenizer;
import io.selftaught.judge.djl.weights.ElementType;
import io.selftaught.judge.djl.weights.GgufFile;
import io.selftaught.judge.djl.weights.GgufMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real models find a text as likely as they do in llama.cpp, cut and scored as make_perplexities.py
 * says. The first half of each chunk is read as a prompt, the second half token by token, all
 * chunks together.
 */
@Tag("weights")
class RealPerplexityTest {

  private static final JsonObject REFERENCE = References.json("perplexity/perplexities.json");
  private static final int CONTEXT = REFERENCE.get("context").getAsInt();
  private static final int HALF = CONTEXT / 2 + 1;

  static Stream<String> files() {
    return REFERENCE.keySet().stream().filter(key -> key.endsWith(".gguf"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void text_itsPerplexity_isThatOfLlamaCpp(String file) throws IOException {
    JsonObject expected = REFERENCE.getAsJsonObject(file);
    Path path = References.model(file);
    assertThat(chunks(path)).hasSize(expected.get("chunks").getAsInt());
    assertThat(perplexity(path, KeyValueFormat.AS_COMPUTED))
        .isCloseTo(expected.get("in_bf16").getAsDouble(), withinPercentage(0.5))
        .isCloseTo(expected.get("as_stored").getAsDouble(), withinPercentage(1));
  }

  /** How bf16 happens to be rounded moves a perplexity by 0.3%, and bytes come on top of that. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "smollm2-135m-instruct-q4_1.gguf",
        "qwen2.5-coder-0.5b-instruct.gguf",
        "gemma-3-270m-q4_k_m.gguf"
      })
  void text_keysAndValuesInBytes_itsPerplexity_isThatOfLlamaCpp(String file) throws IOException {
    double expected = REFERENCE.getAsJsonObject(file).get("in_bf16").getAsDouble();
    assertThat(perplexity(References.model(file), KeyValueFormat.INT8))
        .isCloseTo(expected, withinPercentage(1));
  }

  private static double perplexity(Path path, KeyValueFormat format) throws IOException {
    try (DecoderWeights weights = References.loadGguf(path, ElementType.BF16);
        LoraWeights none = LoraWeights.none(weights);
        Decoder decoder = Decoder.of(weights, none, format)) {
      return perplexity(decoder, chunks(path));
    }
  }

  /**
   * Numbers of 4 bits stay as they are: all of the first file, most of the last, few of Qwen
   * 0.5B's.
   */
  @ParameterizedTest
  @CsvSource({
    "smollm2-135m-instruct-q4_1.gguf, INT8, 4",
    "qwen2.5-coder-0.5b-instruct.gguf, INT8, 4",
    "smollm2-135m-instruct-q4_1.gguf, INT4, 1",
    "qwen2.5-coder-0.5b-instruct.gguf, INT4, 9",
    "qwen2.5-coder-1.5b-instruct.gguf, INT4, 1"
  })
  void textInIntegers_itsPerplexity_isNearThatInBfloat16(
      String file, Quantisation quantisation, double percent) throws IOException {
    Path path = References.model(file);
    try (DecoderWeights weights =
            References.loadGguf(path, new Precision(ElementType.BF16, quantisation));
        LoraWeights none = LoraWeights.none(weights);
        Decoder decoder = Decoder.of(weights, none)) {
      assertThat(perplexity(decoder, chunks(path)))
          .isCloseTo(
              REFERENCE.getAsJsonObject(file).get("in_bf16").getAsDouble(),
              withinPercentage(percent));
    }
  }

  private static List<int[]> chunks(Path path) throws IOException {
    String text =
        Files.readString(References.path("perplexity/" + REFERENCE.get("text").getAsString()));
    try (GgufFile gguf = GgufFile.open(path);
        ChatTokenizer tokenizer = ChatTokenizer.fromGguf(gguf.metadata(), path)) {
      int[] begin = begin(gguf.metadata());
      int[] ids =
          IntStream.concat(IntStream.of(begin), IntStream.of(tokenizer.encodeText(text))).toArray();
      List<int[]> chunks = new ArrayList<>();
      for (int end = CONTEXT; end <= ids.length; end += CONTEXT) {
        int[] chunk = Arrays.copyOfRange(ids, end - CONTEXT, end);
        System.arraycopy(begin, 0, chunk, 0, begin.length);
        chunks.add(chunk);
      }
      return chunks;
    }
  }

  /** Returns the token that every chunk begins with, if there is one. */
  private static int[] begin(GgufMetadata metadata) {
    return metadata.flag("tokenizer.ggml.add_bos_token", false)
        ? new int[] {(int) metadata.integer("tokenizer.ggml.bos_token_id")}
        : new int[0];
  }

  private static double perplexity(Decoder decoder, List<int[]> chunks) {
    int rows = chunks.size();
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      int[] chunk = chunks.get(row);
      Candidates next = Runs.prefill(decoder, row, Arrays.copyOf(chunk, HALF), CONTEXT);
      sum += next.logSumExp(0) - decoder.promptLogits(row)[chunk[HALF]];
    }
    decoder.reserve(CONTEXT, rows);
    for (int row = 0; row < rows; row++) {
      decoder.fill(CONTEXT, row, row);
    }
    for (int position = HALF; position < CONTEXT - 1; position++) {
      Candidates next = step(decoder, chunks, position);
      for (int row = 0; row < rows; row++) {
        sum += next.logSumExp(row) - next.asked(row, 0);
      }
    }
    return Math.exp(sum / rows / (CONTEXT - HALF));
  }

  /** Adds the token at a position to every chunk and asks for the one after it. */
  private static Candidates step(Decoder decoder, List<int[]> chunks, int position) {
    int rows = chunks.size();
    int[] positions = new int[rows];
    float[] ones = new float[rows];
    Arrays.fill(positions, position);
    Arrays.fill(ones, 1);
    int[][] asked = chunks.stream().map(c -> new int[] {c[position + 1]}).toArray(int[][]::new);
    return decoder.step(
        new Decoder.Batch(
            chunks.stream().mapToInt(chunk -> chunk[position]).toArray(),
            positions,
            positions,
            new Decoder.Groups(new long[] {CONTEXT}, new int[] {rows}),
            new int[0],
            Decoder.Groups.of(new long[0]),
            new Decoder.Query(ones, asked)));
  }
}
