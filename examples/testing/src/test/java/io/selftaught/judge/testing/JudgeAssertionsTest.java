package io.selftaught.judge.testing;

import static io.selftaught.judge.testing.JudgeAssertions.assertThatAnswer;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeAssertionsTest {

  @Test
  void isPreferredOver_judgeAgrees_passes() {
    assertThatAnswer("Nile").to("Name a river.").isPreferredOver("Everest").by(saying("A"));
    assertThatAnswer("Nile").to("Name a river.").isNoWorseThan("Amazon").by(saying("TIE"));
  }

  @Test
  void isPreferredOver_anythingElse_failsWithTheReasons() {
    for (String verdict : List.of("B", "TIE")) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(
              () ->
                  assertThatAnswer("Everest")
                      .to("Name a river.")
                      .isPreferredOver("Nile")
                      .by(saying(verdict)))
          .withMessageContainingAll("Everest", "Nile", "said " + verdict, "because");
    }
  }

  @Test
  void undecidedJudgment_fulfilsNothing() {
    Judge undecided = c -> Judgment.of(Verdict.undecided(Cause.INCONSISTENT));

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThatAnswer("x").to("p").isNoWorseThan("y").by(undecided))
        .withMessageContaining("INCONSISTENT");
  }

  @Test
  void by_noPrompt_saysWhatIsMissing() {
    assertThatIllegalStateException()
        .isThrownBy(() -> assertThatAnswer("x").isPreferredOver("y").by(saying("A")))
        .withMessageContaining("to(prompt)");
    assertThatIllegalArgumentException().isThrownBy(() -> assertThatAnswer("x").to(" "));
  }

  private static Judge saying(String verdict) {
    return c -> new Judgment(Verdict.decided(Preference.valueOf(verdict)), "because", List.of());
  }
}
