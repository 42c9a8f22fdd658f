package io.selftaught.judge.djl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableIntArray;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.LoraConfig;
import io.selftaught.judge.ProgressEvent;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.TrainingConfig;
import io.selftaught.judge.TrainingException;
import io.selftaught.judge.djl.decoder.Decoder;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.decoder.LoraWeights;
import io.selftaught.judge.djl.decoder.Precision;
import io.selftaught.judge.djl.decoder.Quantisation;
import io.selftaught.judge.djl.decoder.References;
import io.selftaught.judge.djl.decoder.Runs;
import io.selftaught.judge.djl.peft.PeftAdapters;
import io.selftaught.judge.djl.weights.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoraTrainerTest {

  private static final LoraConfig LORA = LoraConfig.builder().rank(4).alpha(8).dropout(0.1).build();
  private static final TrainingConfig TRAINING =
      TrainingConfig.builder()
          .learningRate(5e-3)
          .epochs(3)
          .batchSize(2)
          .seed(5)
          .checkpointSteps(2)
          .build();

  /** Each of four tokens is followed by two of its own. */
  private static final List<TrainingSequence> MAPPING =
      IntStream.range(0, 4)
          .mapToObj(i -> sequence("m" + i, 1, 7, 100 + i, 8, 200 + 3 * i, 50 + i))
          .toList();

  @TempDir private Path temp;

  private final DecoderWeights base = References.load("tiny-llama", ElementType.F32);

  @AfterEach
  void close() {
    base.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Quantisation.class,
      names = {"INT8", "INT4"})
  void quantisedWeights_areRefused(Quantisation quantisation) {
    try (DecoderWeights quantised =
        References.load("tiny-llama", new Precision(ElementType.F32, quantisation))) {
      assertThatExceptionOfType(InvalidInputException.class)
          .isThrownBy(() -> new LoraTrainer(quantised, "tiny", LORA, TRAINING))
          .withMessageStartingWith("tiny has %s weights, which no gradient passes", quantisation)
          .withMessageContaining("BF16 or FP32");
    }
  }

  private static TrainingSequence sequence(String id, int... ids) {
    return new TrainingSequence(id, ImmutableIntArray.copyOf(ids), Math.min(4, ids.length));
  }

  private LoraTrainer trainer(TrainingConfig training) {
    return new LoraTrainer(base, "tiny-llama", LORA, training);
  }

  private static byte[] weights(Path directory) throws IOException {
    return Files.readAllBytes(directory.resolve("adapter_model.safetensors"));
  }

  @Test
  void mapping_learnt_isSaidGreedilyAndTheLossFalls() {
    List<ProgressEvent> events = new ArrayList<>();
    TrainingConfig training = TRAINING.toBuilder().epochs(40).learningRate(2e-2).build();

    trainer(training).train(MAPPING, temp, events::add);

    assertThat(events).hasSize(80);
    assertThat(events.get(0).metrics().get("loss")).isGreaterThan(3);
    assertThat(events.get(79).metrics().get("loss")).isLessThan(0.5);
    assertThat(events.get(79).metrics())
        .containsOnlyKeys("loss", "learning rate", "gradient norm", "tokens/s");
    try (LoraWeights lora = PeftAdapters.read(temp, base);
        Decoder decoder = Decoder.of(base, lora)) {
      for (TrainingSequence sequence : MAPPING) {
        int[] ids = sequence.ids().toArray();
        for (int end = 4; end < 6; end++) {
          int[] prompt = Arrays.copyOf(ids, end);
          assertThat(Runs.prefill(decoder, 0, prompt, end).id(0, 0)).isEqualTo(ids[end]);
          decoder.release(0);
        }
      }
    }
  }

  @Test
  void adapterBeforeTheFirstStep_changesNothing() {
    try (LoraWeights fresh = trainer(TRAINING).adapter(TensorSource.initialLora(1));
        LoraWeights none = LoraWeights.none(base);
        Decoder adapted = Decoder.of(base, fresh);
        Decoder plain = Decoder.of(base, none)) {
      assertThat(fresh.tensors()).hasSize(28);
      assertThat(logits(adapted)).isEqualTo(logits(plain));
    }
  }

  private static float[] logits(Decoder decoder) {
    Runs.prefill(decoder, 0, new int[] {5, 9, 200, 31}, 4);
    return decoder.promptLogits(0);
  }

  @Test
  void interruptedRun_continued_givesTheSameAdapterByteForByte() throws IOException {
    trainer(TRAINING).train(MAPPING, temp.resolve("whole"), ProgressListener.none());
    List<Long> seen = new ArrayList<>();
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                trainer(TRAINING)
                    .train(
                        MAPPING,
                        temp.resolve("cut"),
                        event -> {
                          seen.add(event.done());
                          if (event.done() == 5) {
                            throw new IllegalStateException("killed");
                          }
                        }));
    assertThat(temp.resolve("cut/adapter_config.json")).doesNotExist();

    trainer(TRAINING).train(MAPPING, temp.resolve("cut"), event -> seen.add(event.done()));

    assertThat(seen).containsExactly(1L, 2L, 3L, 4L, 5L, 5L, 6L);
    assertThat(weights(temp.resolve("cut"))).isEqualTo(weights(temp.resolve("whole")));
  }

  @Test
  void finishedRun_asked_again_tellsThatItIsDone() throws IOException {
    trainer(TRAINING).train(MAPPING, temp, ProgressListener.none());
    byte[] first = weights(temp);
    List<ProgressEvent> events = new ArrayList<>();

    trainer(TRAINING).train(MAPPING, temp, events::add);

    assertThat(events).extracting(ProgressEvent::done).containsExactly(6L);
    assertThat(weights(temp)).isEqualTo(first);
  }

  @Test
  void directoryOfAnotherRun_isRefused() {
    trainer(TRAINING).train(MAPPING, temp, ProgressListener.none());

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () ->
                trainer(TRAINING.toBuilder().seed(6).build())
                    .train(MAPPING, temp, ProgressListener.none()))
        .withMessageContaining("choose another directory");
  }

  @Test
  void longSequence_isRefusedByName() {
    TrainingConfig training = TRAINING.toBuilder().maxTokens(5).build();

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> trainer(training).train(MAPPING, temp, ProgressListener.none()))
        .withMessageContaining("m0 (6 tokens)")
        .withMessageContaining("5 tokens");
  }

  @Test
  void nothingToLearn_stopsWithoutAnAdapter() {
    List<TrainingSequence> empty = List.of(sequence("e", 1, 2, 3));

    assertThatExceptionOfType(TrainingException.class)
        .isThrownBy(() -> trainer(TRAINING).train(empty, temp, ProgressListener.none()))
        .withMessageContaining("token to learn");
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void brokenWeights_stopTheRunWithoutAnAdapter() {
    base.arguments().stream()
        .filter(array -> array.getName().equals("raw.final_norm"))
        .findFirst()
        .orElseThrow()
        .muli(Float.NaN);

    assertThatExceptionOfType(TrainingException.class)
        .isThrownBy(() -> trainer(TRAINING).train(MAPPING, temp, ProgressListener.none()))
        .withMessageContaining("loss became NaN in step 1")
        .withMessageContaining("m1");
    assertThat(temp.resolve("adapter_config.json")).doesNotExist();
    assertThat(temp.resolve("adapter_model.safetensors")).doesNotExist();
  }

  @Test
  void schedule_warmsUpAndFallsToTheFinalRate() {
    Schedule schedule =
        new Schedule(
            TrainingConfig.builder()
                .learningRate(0.1)
                .warmupSteps(3)
                .finalLearningRateRatio(0.5)
                .build(),
            14);

    assertThat(schedule.learningRate(0)).isCloseTo(0.025, within(1e-12));
    assertThat(schedule.learningRate(3)).isCloseTo(0.1, within(1e-12));
    assertThat(schedule.learningRate(8)).isCloseTo(0.075, within(1e-12));
    assertThat(schedule.learningRate(13)).isCloseTo(0.05, within(1e-12));
  }
}
