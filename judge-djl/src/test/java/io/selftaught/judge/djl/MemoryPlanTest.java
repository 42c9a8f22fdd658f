package io.selftaught.judge.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.djl.decoder.References;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {

  private static final GenerationConfig SHORT =
      GenerationConfig.builder().maxTokens(4).temperature(1).samples(3).build();

  @Test
  void load_weightsDontFit_saysSoBeforeReadingThem() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> load(1 << 10))
        .withMessageContaining("tiny-llama needs 0 MiB for its weights")
        .withMessageContaining("take a smaller model");
  }

  @Test
  void load_nothingIsLeftForCaches_saysSo() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> load(memoryFor(10_000)))
        .withMessageContaining("too little to run it");
  }

  @Test
  void checkWeights_unknownMemory_passes() {
    assertThatCode(() -> MemoryPlan.checkWeights("m", Long.MAX_VALUE, OptionalLong.empty()))
        .doesNotThrowAnyException();
  }

  @Test
  void generate_littleMemory_requestsWaitForEachOtherAndGetTheSame() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(16);
    try (DjlModel roomy = load(64 << 20);
        DjlModel narrow = load(memoryFor(512 << 10))) {
      assertThat(narrow.info().cacheBytes()).isBetween(500L << 10, 520L << 10);
      List<Future<List<Generation>>> results = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        List<ChatMessage> prompt = List.of(ChatMessage.user("sea ".repeat(1 + i % 12)));
        results.add(callers.submit(() -> narrow.generate(prompt, SHORT)));
      }
      for (int i = 0; i < results.size(); i++) {
        List<ChatMessage> prompt = List.of(ChatMessage.user("sea ".repeat(1 + i % 12)));
        assertThat(results.get(i).get()).isEqualTo(roomy.generate(prompt, SHORT));
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void generate_requestThatNeverFits_failsWithTheNumbers() {
    try (DjlModel model = load(memoryFor(512 << 10))) {
      GenerationConfig many = SHORT.toBuilder().maxTokens(100).samples(32).build();
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> model.generate(List.of(ChatMessage.user("sea")), many))
          .withMessageMatching(".*keys and values of [\\d,]+ tokens and memory holds.*");
      assertThat(model.generate(List.of(ChatMessage.user("sea")), SHORT)).hasSize(3);
    }
  }

  @Test
  void generate_keysAndValuesInBytes_moreFitsInTheSameMemory() {
    GenerationConfig many = SHORT.toBuilder().maxTokens(100).samples(13).build();
    List<ChatMessage> prompt = List.of(ChatMessage.user("sea"));
    try (DjlModel model = load(memoryFor(512 << 10))) {
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> model.generate(prompt, many));
    }
    DjlOptions bytes = options(memoryFor(512 << 10)).keyValues(DjlOptions.KeyValues.INT8).build();
    try (DjlModel model = DjlModel.load(References.path("tiny-llama"), bytes)) {
      assertThat(model.generate(prompt, many)).hasSize(13);
      assertThat(model.info().toString()).contains("keys and values in int8 up to");
    }
  }

  /** Returns the memory that leaves so much for keys and values. */
  private static long memoryFor(long cache) {
    try (DjlModel model = load(64 << 20)) {
      ModelInfo info = model.info();
      double computing = 0.8 * ((64 << 20) - info.weightBytes()) - info.cacheBytes();
      return info.weightBytes() + (long) ((cache + computing) / 0.8);
    }
  }

  private static DjlModel load(long memory) {
    return DjlModel.load(References.path("tiny-llama"), options(memory).build());
  }

  private static DjlOptions.Builder options(long memory) {
    return DjlOptions.builder()
        .dataType(DjlOptions.DataType.FP32)
        .device(DjlOptions.Device.CPU)
        .memory(memory);
  }
}
