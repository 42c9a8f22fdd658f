package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.selftaught.judge.Verdict.Cause;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnotationTest {

  @Test
  void agreeing_countsOnlyVerdictsForTheChosenAnswer() {
    Annotation annotation =
        new Annotation(
            "p1",
            List.of(
                trace(Verdict.decided(Preference.A)),
                trace(Verdict.decided(Preference.B)),
                trace(Verdict.decided(Preference.TIE)),
                trace(Verdict.undecided(Cause.UNPARSABLE)),
                trace(Verdict.decided(Preference.A))),
            List.of());

    assertThat(annotation.agreeing()).isEqualTo(2);
  }

  @Test
  void pairId_blank_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Annotation("", List.of(), List.of()))
        .withMessage("pairId must not be blank");
  }

  private static Trace trace(Verdict verdict) {
    return new Trace(Order.BA, "text", verdict, Usage.UNKNOWN);
  }
}
