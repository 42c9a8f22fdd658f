package io.selftaught.judge.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.TrainingExample;
import io.selftaught.judge.djl.decoder.References;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DjlPretrainerTest {

  private static final DjlOptions FP32 =
      DjlOptions.builder().dataType(DjlOptions.DataType.FP32).build();

  @TempDir private Path temp;

  @Test
  void train_twoReplies_areSaidByTheModelThatIsLoadedThen() throws IOException {
    for (String file : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
      Files.copy(References.path("tiny-llama").resolve(file), temp.resolve(file));
    }
    TrainingConfig training =
        TrainingConfig.builder().learningRate(1e-2).batchSize(4).warmupSteps(5).build();
    DjlPretrainer.of(FP32, training, 60).train(temp, lessons(), ProgressListener.none());

    try (DjlModel model = DjlModel.load(temp, FP32)) {
      assertThat(reply(model, "One?")).isEqualTo("yes");
      assertThat(reply(model, "Two?")).isEqualTo("no");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"INT8", "INT4"})
  void of_quantisedWeights_isRefused(DjlOptions.DataType type) {
    DjlOptions quantised = DjlOptions.builder().dataType(type).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DjlPretrainer.of(quantised, TrainingConfig.builder().build(), 1))
        .withMessage("options.dataType must be BF16 or FP32 to train in, was " + type);
  }

  private static Stream<TrainingExample> lessons() {
    return Stream.iterate(0, i -> i + 1)
        .map(
            i ->
                new TrainingExample(
                    "lesson-" + i,
                    List.of(ChatMessage.user(i % 2 == 0 ? "One?" : "Two?")),
                    i % 2 == 0 ? "yes" : "no"));
  }

  private static String reply(DjlModel model, String question) {
    return model
        .generate(List.of(ChatMessage.user(question)), GenerationConfig.greedy(8))
        .get(0)
        .text();
  }
}
