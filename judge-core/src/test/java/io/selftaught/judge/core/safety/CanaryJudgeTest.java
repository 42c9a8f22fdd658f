package io.selftaught.judge.core.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import io.selftaught.judge.UnsoundJudgeException;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.eval.Rate;
import io.selftaught.judge.core.safety.CanaryJudge.OnBroken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CanaryJudgeTest {

  private static final List<Canary> CANARIES = Canaries.standard(7);
  private static final Comparison REAL = Comparison.of("Which is real?", "this", "that");
  private static final Map<Comparison, Preference> KNOWN =
      CANARIES.stream()
          .collect(Collectors.toMap(Canary::comparison, Canary::expected, (x, y) -> x));

  private final List<Comparison> asked = new CopyOnWriteArrayList<>();
  private final List<CanaryReport> warnings = new ArrayList<>();

  /** Returns a judge that is right about canaries and prefers b elsewhere. */
  private Judge sound() {
    return judging(comparison -> Verdict.decided(KNOWN.getOrDefault(comparison, Preference.B)));
  }

  private Judge alwaysFirst() {
    return judging(comparison -> Verdict.decided(Preference.A));
  }

  private Judge judging(Function<Comparison, Verdict> verdict) {
    return comparison -> {
      asked.add(comparison);
      return Judgment.of(verdict.apply(comparison));
    };
  }

  private CanaryJudge.Builder builder(Judge judge) {
    return CanaryJudge.builder(judge, CANARIES).every(1).listener(warnings::add);
  }

  private static void compare(Judge judge, int times) {
    for (int i = 0; i < times; i++) {
      judge.compare(REAL);
    }
  }

  @Test
  void soundJudge_isLeftAloneAndReported() {
    CanaryJudge judge = builder(sound()).every(10).build();

    for (int i = 0; i < 320; i++) {
      assertThat(judge.compare(REAL).verdict()).isEqualTo(Verdict.decided(Preference.B));
    }

    assertThat(asked).hasSize(352);
    assertThat(judge.report().accuracy()).isEqualTo(new Rate(32, 32));
    assertThat(judge.report().byKind().keySet())
        .containsExactly("empty", "garbled", "planted", "unrelated");
    assertThat(judge.report().toString())
        .isEqualTo(
            "canaries right: 32/32 = 100.0% (89.3 to 100.0);"
                + " empty 8/8, garbled 8/8, planted 8/8, unrelated 8/8");
    assertThat(warnings).isEmpty();
  }

  @Test
  void brokenJudge_stop_endsTheRunWithTheReport() {
    CanaryJudge judge = builder(judging(c -> Verdict.decided(Preference.TIE))).build();

    compare(judge, 9);
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(CanaryException.class)
          .isThrownBy(() -> judge.compare(REAL))
          .withMessageContaining("broken or under attack")
          .withMessageContaining("0/10")
          .satisfies(e -> assertThat(e.report().accuracy()).isEqualTo(new Rate(0, 10)));
    }
    assertThat(asked).as("nothing more").hasSize(19);
    assertThat(warnings).hasSize(1);
  }

  @Test
  void brokenJudge_stop_isToldFromEveryOtherFailure() {
    CanaryJudge judge = builder(judging(c -> Verdict.decided(Preference.TIE))).build();

    assertThatExceptionOfType(UnsoundJudgeException.class)
        .isThrownBy(() -> compare(judge, 10))
        .satisfies(e -> assertThat(e).isNotInstanceOf(InvalidInputException.class));
  }

  @Test
  void probe_brokenJudge_stopsBeforeAnyComparison() {
    CanaryJudge judge = builder(judging(c -> Verdict.decided(Preference.TIE))).build();

    assertThatExceptionOfType(CanaryException.class).isThrownBy(() -> judge.probe(32));

    assertThat(asked).hasSize(CanaryJudge.FEWEST).doesNotContain(REAL);
  }

  @Test
  void probe_soundJudge_goesOnWithOtherCanaries() {
    CanaryJudge judge = builder(sound()).every(10).build();

    assertThat(judge.probe(31).accuracy()).isEqualTo(new Rate(31, 31));
    compare(judge, 1);

    assertThat(judge.report().byKind().values()).containsOnly(new Rate(8, 8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> judge.probe(0))
        .withMessageContaining("0");
  }

  @Test
  void brokenJudge_warn_goesOnAndTellsOnce() {
    CanaryJudge judge = builder(alwaysFirst()).onBroken(OnBroken.WARN).build();

    compare(judge, 60);

    assertThat(warnings).hasSize(1);
    assertThat(judge.report().accuracy().of()).isEqualTo(60);
    assertThat(judge.report().accuracy().value().orElseThrow()).isBetween(0.4, 0.6);
  }

  @Test
  void fewWrongCanaries_proveNothing() {
    CanaryJudge judge = builder(alwaysFirst()).build();

    compare(judge, 9);

    assertThat(warnings).isEmpty();
  }

  @Test
  void undecidedCanary_isNotRightAndAFailedOneSaysNothing() {
    CanaryJudge undecided =
        builder(judging(c -> Verdict.undecided(Cause.INCONSISTENT)))
            .onBroken(OnBroken.WARN)
            .build();
    compare(undecided, 12);
    assertThat(undecided.report().accuracy()).isEqualTo(new Rate(0, 12));
    assertThat(warnings).hasSize(1);

    CanaryJudge failing = builder(judging(c -> Verdict.undecided(Cause.FAILED))).build();
    compare(failing, 12);
    assertThat(failing.report()).isEqualTo(new CanaryReport(Map.of(), 12));
    assertThat(failing.report().toString())
        .isEqualTo("canaries right: unknown (of none); failed: 12");
    assertThat(warnings).hasSize(1);
  }

  @Test
  void canaries_haveTheGoodAnswerOnBothSidesAndNoOther() {
    for (String kind : List.of("empty", "garbled", "planted", "unrelated")) {
      assertThat(CANARIES.stream().filter(c -> c.kind().equals(kind)).map(Canary::expected))
          .hasSize(8)
          .contains(Preference.A, Preference.B);
    }
    assertThat(CANARIES)
        .allSatisfy(c -> assertThat(c.comparison().a()).isNotEqualTo(c.comparison().b()));
    assertThat(Canaries.standard(7)).isEqualTo(CANARIES);
    assertThat(Canaries.standard(8)).isNotEqualTo(CANARIES);
  }

  @Test
  void canaries_ofOwnAnswers_leaveOutWhatCannotBeGarbled() {
    List<Canary> canaries =
        Canaries.of(Map.of("Capital of France?", "Paris", "Red and", "blue"), 1);

    assertThat(canaries).hasSize(6).noneMatch(c -> c.kind().equals("garbled"));
    assertThatIllegalArgumentException().isThrownBy(() -> Canaries.of(Map.of("Why?", "So."), 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Canaries.of(Map.of("Why?", " ", "How?", "So."), 1));
  }

  @Test
  void badSettings_areRefused() {
    Judge judge = sound();
    assertThatIllegalArgumentException().isThrownBy(() -> CanaryJudge.builder(judge, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> builder(judge).every(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder(judge).leastAccuracy(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Canary("kind", REAL, Preference.TIE));
  }
}
