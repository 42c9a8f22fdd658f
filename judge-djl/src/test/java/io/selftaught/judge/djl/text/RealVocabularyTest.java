package io.selftaught.judge.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.selftaught.judge.djl.weights.GgufFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The vocabularies that llama.cpp tests its own tokenizers with: headers of real models, and the
 * ids that the models' own tokenizers give to tricky texts.
 */
@Tag("weights")
class RealVocabularyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"llama-spm", "phi-3", "llama-bpe", "qwen2", "gpt-2", "refact", "starcoder"})
  void encode_textsOfLlamaCpp_givesItsIds(String name) throws IOException {
    String models = System.getenv("JUDGE_MODELS");
    assumeTrue(models != null, "JUDGE_MODELS is not set");
    Path file = Path.of(models, "vocabularies", "ggml-vocab-%s.gguf".formatted(name));
    assumeTrue(Files.exists(file), file + " is missing; .ci/fetch-models fetches it");
    String[] texts = Files.readString(Path.of(file + ".inp")).split("\n__ggml_vocab_test__\n", -1);
    List<String> expected = Files.readAllLines(Path.of(file + ".out"));
    SoftAssertions all = new SoftAssertions();
    try (GgufFile gguf = GgufFile.open(file);
        ChatTokenizer tokenizer = ChatTokenizer.fromGguf(gguf.metadata(), file)) {
      assertThat(expected).hasSizeBetween(texts.length - 1, texts.length).hasSizeGreaterThan(40);
      for (int i = 0; i < expected.size(); i++) {
        int[] ids =
            Arrays.stream(expected.get(i).split(" "))
                .filter(id -> !id.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        all.assertThat(tokenizer.encodeText(texts[i])).as("'%s'", texts[i]).isEqualTo(ids);
      }
    }
    all.assertAll();
  }
}
