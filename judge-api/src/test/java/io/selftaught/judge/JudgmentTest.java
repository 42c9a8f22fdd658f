package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgmentTest {

  private static final Verdict A = Verdict.decided(Preference.A);

  @Test
  void usage_sumsAllTraces() {
    Judgment judgment =
        new Judgment(A, "", List.of(trace(Usage.of(10, 1)), trace(Usage.of(20, 2))));

    assertThat(judgment.usage()).isEqualTo(Usage.of(30, 3));
  }

  @Test
  void usage_oneTraceUnknown_isUnknown() {
    Judgment judgment = new Judgment(A, "", List.of(trace(Usage.of(10, 1)), trace(Usage.UNKNOWN)));

    assertThat(judgment.usage()).isEqualTo(Usage.UNKNOWN);
  }

  @Test
  void usage_noTrace_isNone() {
    assertThat(Judgment.of(A).usage()).isEqualTo(Usage.NONE);
  }

  @Test
  void traces_areCopied() {
    List<Trace> traces = new ArrayList<>(List.of(trace(Usage.NONE)));
    Judgment judgment = new Judgment(A, "because", traces);
    traces.clear();

    assertThat(judgment.traces()).hasSize(1);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> judgment.traces().clear());
  }

  @Test
  void trace_answerShownAlone_changesItsLetterWithTheOthers() {
    assertThat(alone(Preference.A).swapped().alone()).contains(Preference.B);
    assertThat(alone(Preference.A).swapped().swapped()).isEqualTo(alone(Preference.A));
    assertThat(trace(Usage.NONE).alone()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> alone(Preference.TIE))
        .withMessageContaining("alone must be A or B");
  }

  private static Trace alone(Preference answer) {
    return new Trace(
        Order.AB, "[[7]]", A, Usage.NONE, Optional.empty(), Optional.empty(), Optional.of(answer));
  }

  private static Trace trace(Usage usage) {
    return new Trace(Order.AB, "[[A]]", A, usage);
  }
}
