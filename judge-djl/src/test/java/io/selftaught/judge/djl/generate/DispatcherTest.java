package io.selftaught.judge.djl.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.selftaught.judge.ContextLengthException;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.djl.decoder.Decoder;
import io.selftaught.judge.djl.decoder.DecoderWeights;
import io.selftaught.judge.djl.decoder.LoraWeights;
import io.selftaught.judge.djl.decoder.References;
import io.selftaught.judge.djl.peft.PeftAdapters;
import io.selftaught.judge.djl.text.ChatTokenizer;
import io.selftaught.judge.djl.weights.ElementType;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two replicas that, against all rules, answer differently, so that it can be seen who did. */
class DispatcherTest {

  private static final int[] PROMPT = IntStream.range(0, 20).toArray();
  private static final GenerationConfig SHORT = GenerationConfig.greedy(4);

  private final DecoderWeights weights = References.load("tiny-llama", ElementType.F32);
  private final LoraWeights none = LoraWeights.none(weights);
  private final LoraWeights lora =
      PeftAdapters.read(References.path("tiny-llama-adapter"), weights);
  private final ChatTokenizer tokenizer =
      ChatTokenizer.fromDirectory(References.path("tiny-llama"));
  private final Decoder firstDecoder = Decoder.of(weights, none);
  private final Scheduler first = start(firstDecoder, 550 * firstDecoder.bytesPerPosition());
  private final Scheduler second = start(Decoder.of(weights, lora), 4 << 20);
  private final Dispatcher dispatcher = new Dispatcher(List.of(first, second));

  private Scheduler start(Decoder decoder, long bytes) {
    return Scheduler.start(decoder, tokenizer, new Scheduler.Limits(4, bytes, 0), "test");
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
    tokenizer.close();
    none.close();
    lora.close();
    weights.close();
  }

  @Test
  @Timeout(60)
  void generate_oneIsBusy_theOtherTakesOver() throws Exception {
    FutureTask<List<Generation>> busy =
        new FutureTask<>(() -> dispatcher.generate(PROMPT, samples(40)));
    Thread caller = new Thread(busy);
    caller.start();
    assertTheOtherTakesWhatFollows(caller);
    assertThat(busy.get(1, TimeUnit.MINUTES)).hasSize(40);
    assertTheFirstTakesWhatFollows();
  }

  @Test
  @Timeout(60)
  void generate_interrupted_endsTheRequestAndLeavesNothingOutstanding() throws Exception {
    FutureTask<Throwable> busy =
        new FutureTask<>(() -> catchThrowable(() -> dispatcher.generate(PROMPT, samples(10_000))));
    Thread caller = new Thread(busy);
    caller.start();
    assertTheOtherTakesWhatFollows(caller);
    caller.interrupt();
    assertThat(busy.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ModelException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertTheFirstTakesWhatFollows();
  }

  /** Waits until the first replica has a caller's request, and has the next one taken. */
  private void assertTheOtherTakesWhatFollows(Thread caller) {
    while (caller.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(dispatcher.generate(PROMPT, SHORT)).isEqualTo(second.generate(PROMPT, SHORT));
  }

  private void assertTheFirstTakesWhatFollows() {
    assertThat(dispatcher.generate(PROMPT, SHORT))
        .isEqualTo(first.generate(PROMPT, SHORT))
        .isNotEqualTo(second.generate(PROMPT, SHORT));
  }

  @Test
  void generate_oneFails_theOtherTakesWhatFollows() {
    List<Generation> expected = second.generate(PROMPT, SHORT);
    firstDecoder.close();
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> dispatcher.generate(PROMPT, SHORT))
        .withMessageStartingWith("Generation failed");
    for (int i = 0; i < 3; i++) {
      assertThat(dispatcher.generate(PROMPT, SHORT)).isEqualTo(expected);
    }
  }

  @Test
  void generate_moreThanOneCanHold_goesToTheOther() {
    int[] longer = IntStream.range(0, 100).toArray();
    assertThat(first.holds(longer, samples(4))).isFalse();
    assertThat(dispatcher.generate(longer, samples(4)))
        .isEqualTo(second.generate(longer, samples(4)));
  }

  @Test
  void generate_moreThanAnyCanHold_saysWhy() {
    assertThatExceptionOfType(ContextLengthException.class)
        .isThrownBy(() -> dispatcher.generate(new int[200], SHORT));
  }

  private static GenerationConfig samples(int samples) {
    return GenerationConfig.builder().maxTokens(90).temperature(1).samples(samples).build();
  }
}
