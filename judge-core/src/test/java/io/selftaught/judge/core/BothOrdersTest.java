package io.selftaught.judge.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The truth table of two orders; every cell. */
class BothOrdersTest {

  private static final Comparison COMPARISON = Comparison.of("Why?", "first", "second");

  @ParameterizedTest
  @CsvSource({
    "A,A,A,A,A",
    "B,B,B,B,B",
    "TIE,TIE,TIE,TIE,TIE",
    "A,B,INCONSISTENT,INCONSISTENT,INCONSISTENT",
    "B,A,INCONSISTENT,INCONSISTENT,INCONSISTENT",
    "A,TIE,INCONSISTENT,TIE,A",
    "TIE,A,INCONSISTENT,TIE,A",
    "B,TIE,INCONSISTENT,TIE,B",
    "TIE,B,INCONSISTENT,TIE,B"
  })
  void twoPreferences_giveWhatThePolicySays(
      Preference ab, Preference ba, String undecided, String tie, String preference) {
    assertThat(verdict(ab, ba, WeakPolicy.UNDECIDED)).isEqualTo(undecided);
    assertThat(verdict(ab, ba, WeakPolicy.TIE)).isEqualTo(tie);
    assertThat(verdict(ab, ba, WeakPolicy.PREFERENCE)).isEqualTo(preference);
    assertThat(Judges.bothOrders(saying(ab, ba)).compare(COMPARISON).verdict())
        .as("default")
        .hasToString(undecided);
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void oneOrderUndecided_noPolicyDecides(Cause cause) {
    Verdict undecided = Verdict.undecided(cause);
    for (WeakPolicy policy : WeakPolicy.values()) {
      for (Preference preference : Preference.values()) {
        Verdict decided = Verdict.decided(preference);
        assertThat(BothOrdersJudge.combine(decided, undecided, policy)).isEqualTo(undecided);
        assertThat(BothOrdersJudge.combine(undecided, decided, policy)).isEqualTo(undecided);
      }
      for (Cause other : Cause.values()) {
        assertThat(BothOrdersJudge.combine(undecided, Verdict.undecided(other), policy))
            .isEqualTo(Verdict.undecided(cause.compareTo(other) > 0 ? cause : other));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(WeakPolicy.class)
  void weakJudgment_keepsItsLeanWhateverThePolicy(WeakPolicy policy) {
    Judge judge = Judges.bothOrders(saying(Preference.TIE, Preference.B), policy);

    assertThat(Judgments.lean(judge.compare(COMPARISON))).contains(Preference.B);
  }

  @Test
  void judgmentThatIsNotWeak_hasNoLean() {
    for (Preference preference : Preference.values()) {
      assertThat(lean(preference, preference)).isEmpty();
    }
    assertThat(lean(Preference.A, Preference.B)).isEmpty();
    assertThat(Judgments.lean(Judgment.of(Verdict.decided(Preference.A)))).isEmpty();
  }

  private static Optional<Preference> lean(Preference ab, Preference ba) {
    return Judgments.lean(Judges.bothOrders(saying(ab, ba)).compare(COMPARISON));
  }

  @Test
  void weakJudgment_hasTheReasonsOfTheOrderThatAgrees() {
    assertThat(
            Judges.bothOrders(saying(Preference.TIE, Preference.B), WeakPolicy.PREFERENCE)
                .compare(COMPARISON)
                .rationale())
        .isEqualTo("because Answer B");
    assertThat(
            Judges.bothOrders(saying(Preference.A, Preference.TIE), WeakPolicy.TIE)
                .compare(COMPARISON)
                .rationale())
        .isEqualTo("because TIE");
  }

  @Test
  void name_tellsThePolicyUnlessItIsTheDefault() {
    Judge judge = saying(Preference.A, Preference.A);
    assertThat(Judges.bothOrders(judge)).hasToString("bothOrders(" + judge + ")");
    assertThat(Judges.bothOrders(judge, WeakPolicy.TIE))
        .hasToString("bothOrders(" + judge + ", TIE)");
  }

  private static String verdict(Preference ab, Preference ba, WeakPolicy policy) {
    return Judges.bothOrders(saying(ab, ba), policy).compare(COMPARISON).verdict().toString();
  }

  /** Returns a judge that says one thing, in the caller's letters, in each order. */
  private static Judge saying(Preference ab, Preference ba) {
    return shown -> {
      boolean straight = shown.a().equals("first");
      Preference said = straight ? ab : ba.swapped();
      Verdict verdict = Verdict.decided(said);
      return new Judgment(
          verdict,
          "because " + (said == Preference.TIE ? said : "Answer " + said),
          List.of(new Trace(Order.AB, "", verdict, Usage.NONE)));
    };
  }
}
