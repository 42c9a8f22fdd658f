package io.selftaught.judge.djl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import com.google.common.primitives.ImmutableIntArray;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ProgressEvent;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.djl.decoder.DecoderConfig;
import io.selftaught.judge.djl.decoder.DecoderConfigs;
import io.selftaught.judge.djl.weights.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainerTest {

  private static final String SMALL =
      """
      {"model_type": "llama", "vocab_size": 40, "hidden_size": 32, "intermediate_size": 64,
       "num_hidden_layers": 2, "num_attention_heads": 2, "max_position_embeddings": 16,
       "rms_norm_eps": 1e-5, "hidden_act": "silu", "tie_word_embeddings": true}
      """;
  private static final TrainingConfig TRAINING =
      TrainingConfig.builder()
          .learningRate(1e-2)
          .batchSize(4)
          .warmupSteps(2)
          .checkpointSteps(3)
          .seed(1)
          .build();

  @TempDir private Path temp;

  private DecoderConfig config;

  @BeforeEach
  void readConfig() throws IOException {
    config = DecoderConfigs.fromHuggingFace(Files.writeString(temp.resolve("small.json"), SMALL));
  }

  private Pretrainer trainer(int steps) {
    return new Pretrainer(config, Device.cpu(), ElementType.F32, TRAINING, steps);
  }

  /** After 1 and a token comes the token after that one. */
  private static Iterator<TrainingSequence> counting() {
    return Stream.iterate(0, i -> i + 1)
        .map(i -> 2 + i % 30)
        .map(i -> new TrainingSequence("s" + i, ImmutableIntArray.of(1, i, i + 1), 2))
        .iterator();
  }

  private static byte[] weights(Path directory) throws IOException {
    return Files.readAllBytes(directory.resolve("model.safetensors"));
  }

  @Test
  void train_manySteps_learns() {
    List<ProgressEvent> events = new ArrayList<>();
    trainer(400).train(counting(), temp, events::add);
    assertThat(events).hasSize(400).allMatch(event -> event.stage().equals("pretrain"));
    assertThat(events.get(0).metrics().get("loss")).isGreaterThan(3);
    assertThat(events.get(399).metrics().get("loss")).isLessThan(0.5);
  }

  @Test
  void train_cutOffAndContinued_givesTheSameBytes() throws IOException {
    Path whole = temp.resolve("whole");
    Path parts = temp.resolve("parts");
    trainer(8).train(counting(), whole, ProgressListener.none());
    ProgressListener killer =
        event -> {
          if (event.done() == 5) {
            throw new IllegalStateException("killed");
          }
        };
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> trainer(8).train(counting(), parts, killer));
    List<ProgressEvent> rest = new ArrayList<>();
    trainer(8).train(counting(), parts, rest::add);
    assertThat(rest.get(0).done()).isEqualTo(4);
    assertThat(weights(parts)).isEqualTo(weights(whole));
  }

  @Test
  void train_finished_isNotDoneAgain() {
    trainer(2).train(counting(), temp, ProgressListener.none());
    List<ProgressEvent> again = new ArrayList<>();
    trainer(2).train(counting(), temp, again::add);
    assertThat(again).isEmpty();
  }

  @Test
  void train_directoryWithAnotherModel_isRefused() throws IOException {
    Files.writeString(temp.resolve("model.safetensors"), "precious");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> trainer(2).train(counting(), temp, ProgressListener.none()))
        .withMessageContaining("choose another directory");
    assertThat(temp.resolve("model.safetensors")).hasContent("precious");
  }

  @Test
  void train_tooFewExamples_saysHowManyStepsTheyAreFor() {
    Iterator<TrainingSequence> ten =
        Stream.generate(() -> new TrainingSequence("s", ImmutableIntArray.of(1, 2, 3), 1))
            .limit(10)
            .iterator();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> trainer(5).train(ten, temp, ProgressListener.none()))
        .withMessage("There are examples for 2 steps only, not for 5");
    assertThat(temp.resolve("model.safetensors")).doesNotExist();
  }

  @Test
  void train_longExample_isRefusedByName() {
    Iterator<TrainingSequence> tooLong =
        Stream.generate(
                () -> new TrainingSequence("endless", ImmutableIntArray.copyOf(new int[17]), 1))
            .iterator();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> trainer(5).train(tooLong, temp, ProgressListener.none()))
        .withMessageContaining("endless has 17 tokens, more than the context of 16");
  }
}
