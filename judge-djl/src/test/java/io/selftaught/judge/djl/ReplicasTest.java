package io.selftaught.judge.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.selftaught.judge.Adapter;
import io.selftaught.judge.ChatMessage;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.LanguageModelContract;
import io.selftaught.judge.djl.decoder.References;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A model that is loaded twice does all that one does. */
class ReplicasTest extends LanguageModelContract {

  private static final DjlOptions ONE =
      DjlOptions.builder()
          .dataType(DjlOptions.DataType.FP32)
          .device(DjlOptions.Device.CPU)
          .memory(64 << 20)
          .slots(5)
          .build();
  private static final DjlOptions TWO = ONE.toBuilder().replicas(2).build();

  @Override
  protected LanguageModel open() {
    return load(TWO);
  }

  private static DjlModel load(DjlOptions options) {
    return DjlModel.load(References.path("tiny-llama"), options);
  }

  @Override
  protected List<ChatMessage> tooLong() {
    return List.of(ChatMessage.user("sea ".repeat(200)));
  }

  @Test
  void generate_mixedRequestsOfManyThreads_giveWhatOneReplicaGives() throws Exception {
    try (DjlModel one = load(ONE);
        DjlModel two = load(TWO)) {
      MixedRequests.assertSameTexts(two, one);
    }
  }

  @Test
  void withAdapter_isAppliedToEachReplica() throws Exception {
    Adapter adapter = new Adapter(References.path("tiny-llama-adapter"));
    try (DjlModel one = load(ONE);
        DjlModel two = load(TWO);
        DjlModel oneAdapted = one.withAdapter(adapter);
        DjlModel twoAdapted = two.withAdapter(adapter)) {
      assertThat(twoAdapted.name()).isEqualTo(oneAdapted.name());
      MixedRequests.assertSameTexts(twoAdapted, oneAdapted);
      MixedRequests.assertSameTexts(two, one);
    }
  }

  @Test
  void info_namesEachDevice_andCountsTheMemoryOfAll() {
    try (DjlModel one = load(ONE);
        DjlModel two = load(TWO)) {
      assertThat(two.info().toString()).contains("cpu(), cpu()");
      assertThat(two.info().weightBytes()).isEqualTo(2 * one.info().weightBytes());
      // They share the memory of the device, and each needs some to compute.
      assertThat(two.info().cacheBytes())
          .isLessThan(one.info().cacheBytes())
          .isGreaterThan(one.info().cacheBytes() / 2);
    }
  }

  @Test
  void load_tooLittleMemory_namesTheReplica() {
    DjlOptions little = TWO.toBuilder().memory(100 << 10).build();
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> load(little))
        .withMessageStartingWith("Replica 1 of 2, on cpu(): tiny-llama needs");
  }

  @Test
  void close_endsTheThreadOfEachReplica() {
    long before = threads();
    DjlModel two = load(TWO);
    assertThat(threads()).isEqualTo(before + 2);
    two.close();
    assertThat(threads()).isEqualTo(before);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("judge-tiny-llama@"))
        .count();
  }
}
