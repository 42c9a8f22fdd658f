package io.selftaught.judge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Order;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.core.Judges;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.remote.RemoteModel;
import io.selftaught.judge.core.remote.ServedModel;
import io.selftaught.judge.djl.DjlModel;
import io.selftaught.judge.djl.DjlOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Comparing is the same whether the model runs in the process or on a server that serves it. */
@SuppressWarnings("NullAway.Init") // Set by open.
class CompareContractTest {

  private static final Comparison RIVER = Comparison.of("Name a river.", "The Nile.", "K2.");
  private static final GenerationConfig GREEDY = GenerationConfig.greedy(12);

  /** Short, for a model with room for 128 tokens. */
  private static final JudgePrompt SHORT =
      JudgePrompt.builder("short", "{prompt} {a} or {b}?").build();

  private static DjlModel djl;
  private static ServedModel server;
  private static RemoteModel remote;

  enum Place {
    IN_THE_PROCESS,
    ON_A_SERVER;

    LanguageModel model() {
      return this == IN_THE_PROCESS ? djl : remote;
    }
  }

  @BeforeAll
  static void open() {
    djl =
        DjlModel.load(
            Path.of("../../judge-djl/src/test/resources/reference/tiny-llama"),
            DjlOptions.builder().dataType(DjlOptions.DataType.FP32).build());
    server = new ServedModel(djl);
    remote = server.client();
  }

  @AfterAll
  static void close() {
    remote.close();
    server.close();
    djl.close();
  }

  @ParameterizedTest
  @EnumSource
  void compare_inBothOrders_keepsWhatTheModelWroteInEach(Place place) {
    Judge judge = Judges.bothOrders(Judges.prompted(place.model(), SHORT, GREEDY));

    Judgment judgment = judge.compare(RIVER);

    assertThat(judgment.traces()).extracting(Trace::order).containsExactly(Order.AB, Order.BA);
    for (Trace trace : judgment.traces()) {
      Generation alone = djl.generate(SHORT.render(RIVER.in(trace.order())), GREEDY).get(0);
      assertThat(trace.text()).isEqualTo(alone.text()).isNotBlank();
      assertThat(trace.usage()).isEqualTo(alone.usage());
    }
    assertThat(judge.compare(RIVER)).isEqualTo(judgment);
  }

  @ParameterizedTest
  @EnumSource
  void compare_replyWithoutVerdict_isNoPreference(Place place) {
    Judgment judgment = Judges.prompted(place.model(), SHORT, GREEDY).compare(RIVER);

    assertThat(judgment.verdict()).isEqualTo(Verdict.undecided(Verdict.Cause.TRUNCATED));
  }

  @ParameterizedTest
  @EnumSource
  void compare_beyondTheContext_isFailedAndSaysWhy(Place place) {
    Judgment judgment =
        Judges.prompted(place.model(), JudgePrompt.standard(), GREEDY).compare(RIVER);

    assertThat(judgment.verdict()).isEqualTo(Verdict.undecided(Verdict.Cause.FAILED));
    assertThat(judgment.traces().get(0).text()).contains("128");
  }
}
