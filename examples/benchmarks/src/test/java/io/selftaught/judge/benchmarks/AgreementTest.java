package io.selftaught.judge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgreementTest {

  @Test
  void of_judgments_countsSameVerdictsAmongThoseThatBothGave() {
    Agreement agreement =
        Agreement.of(
            List.of(judgment(0.9), judgment(0.4), judgment(0.6), failure()),
            List.of(judgment(0.8), judgment(0.7), failure(), judgment(0.6)));

    assertThat(agreement.pairs()).isEqualTo(2);
    assertThat(agreement.failed()).isEqualTo(2);
    assertThat(agreement.same()).isEqualTo(1);
    assertThat(agreement.meanDifference()).isCloseTo(0.2, within(1e-9));
    assertThat(agreement.largestDifference()).isCloseTo(0.3, within(1e-9));
    assertThat(agreement)
        .hasToString(
            "1 of 2 verdicts are the same, 2 pairs failed; probabilities differ by 0.2000, at most 0.3000");
  }

  private static Judgment judgment(double first) {
    Preference preference = first > 0.5 ? Preference.A : Preference.B;
    return new Judgment(
        Verdict.decided(preference),
        "",
        List.of(),
        Optional.of(new Probabilities(first, 0, 1 - first)));
  }

  private static Judgment failure() {
    return Judgment.of(Verdict.undecided(Verdict.Cause.FAILED));
  }
}
