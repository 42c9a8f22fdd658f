package io.selftaught.judge.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

class PreferenceGateTest {

  /** Prefers the answer "good"; can't decide on "?". */
  private static final Judge JUDGE =
      c -> {
        if (c.a().equals("?")) {
          return Judgment.of(Verdict.undecided(Cause.FAILED));
        }
        return Judgment.of(Verdict.decided(c.a().equals("good") ? Preference.A : Preference.B));
      };

  @Test
  void gate_mostWonOfEnough_letsTheClassPass() {
    assertThat(failures(Winning.class)).isEmpty();
  }

  @Test
  void gate_allWonOfTooFew_stopsTheClassWithNAndInterval() {
    assertThat(failures(TooFew.class))
        .singleElement()
        .asString()
        .contains("3/3 = 100.0%", "below 60.0%");
  }

  @Test
  void gate_undecided_countAgainstTheAnswers() {
    assertThat(failures(Undecided.class)).singleElement().asString().contains("20 undecided");
  }

  @Test
  void gate_nothingCompared_stopsTheClass() {
    assertThat(failures(Nothing.class)).singleElement().asString().contains("unknown");
  }

  private static List<Throwable> failures(Class<?> tests) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build(),
            listener);
    return listener.getSummary().getFailures().stream().map(f -> f.getException()).toList();
  }

  private static void compare(PreferenceGate gate, String answer, int times) {
    IntStream.range(0, times).forEach(i -> gate.compare("prompt " + i, answer, "old"));
  }

  /** Run by the tests above; 18 of 20 is surely more than 60%. */
  static class Winning {
    @RegisterExtension static final PreferenceGate GATE = PreferenceGate.of(JUDGE, 0.6);

    @Test
    void answers() {
      compare(GATE, "good", 18);
      compare(GATE, "bad", 2);
    }
  }

  static class TooFew {
    @RegisterExtension static final PreferenceGate GATE = PreferenceGate.of(JUDGE, 0.6);

    @Test
    void answers() {
      compare(GATE, "good", 3);
    }
  }

  static class Undecided {
    @RegisterExtension static final PreferenceGate GATE = PreferenceGate.of(JUDGE, 0.6);

    @Test
    void answers() {
      compare(GATE, "good", 20);
      compare(GATE, "?", 20);
    }
  }

  static class Nothing {
    @RegisterExtension static final PreferenceGate GATE = PreferenceGate.of(JUDGE, 0.6);

    @Test
    void answers() {
      assertThat(GATE.won().of()).isZero();
    }
  }
}
