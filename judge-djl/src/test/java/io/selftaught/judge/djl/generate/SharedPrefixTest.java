package io.selftaught.judge.djl.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.djl.decoder.Decoder;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.decoder.KeyValueFormat;
import io.selftaught.judge.djl.decoder.LoraWeights;
import io.selftaught.judge.djl.decoder.References;
import io.selftaught.judge.djl.text.ChatTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a prompt has in common with an earlier one is taken over, and nothing is different. */
class SharedPrefixTest {

  @ParameterizedTest
  @EnumSource
  void generate_promptsThatBeginAlike_giveExactlyWhatEachGivesInAFreshModel(KeyValueFormat format) {
    int[][] prompts = {ids(280, 5), ids(280, 6), ids(330, 7), ids(280, 5)};
    List<List<Generation>> alone = new ArrayList<>();
    for (int[] prompt : prompts) {
      alone.addAll(generate(format, 1 << 20, prompt));
    }
    assertThat(generate(format, 1 << 20, prompts)).isEqualTo(alone);
  }

  @Test
  void generate_nothingRetained_givesTheSame() {
    int[][] prompts = {ids(280, 5), ids(280, 6)};
    assertThat(generate(KeyValueFormat.AS_COMPUTED, 0, prompts))
        .isEqualTo(generate(KeyValueFormat.AS_COMPUTED, 1 << 20, prompts));
  }

  private static List<List<Generation>> generate(
      KeyValueFormat format, long prefixCache, int[]... prompts) {
    GenerationConfig config =
        GenerationConfig.builder().maxTokens(8).temperature(1).logProbabilities(true).build();
    var limits = new Scheduler.Limits(4, 64 << 20, prefixCache);
    try (DecoderWeights weights = References.load(References.path("tiny-qwen2"), 512);
        LoraWeights none = LoraWeights.none(weights);
        ChatTokenizer tokenizer = ChatTokenizer.fromDirectory(References.path("tiny-qwen2"));
        Scheduler scheduler =
            Scheduler.start(Decoder.of(weights, none, format), tokenizer, limits, "test")) {
      List<List<Generation>> all = new ArrayList<>();
      for (int[] prompt : prompts) {
        all.add(scheduler.generate(prompt, config));
      }
      return all;
    }
  }

  /** The first 260 tokens are the same for all. */
  private static int[] ids(int length, int seed) {
    return IntStream.range(0, length).map(i -> i < 260 ? i % 90 : (i * seed) % 90).toArray();
  }
}
