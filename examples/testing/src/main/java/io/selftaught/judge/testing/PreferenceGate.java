package io.selftaught.judge.testing;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import io.selftaught.judge.core.eval.Rate;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JUnit extension that lets a test class pass if enough of its answers beat the baseline: if the
 * lower end of the 95% interval of their share is no lower than wanted.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final PreferenceGate GATE = PreferenceGate.of(judge, 0.5);
 *
 * @ParameterizedTest
 * @MethodSource("prompts")
 * void answer(String prompt) {
 *   GATE.compare(prompt, newVersion.answer(prompt), oldVersion.answer(prompt));
 * }
 * }</pre>
 *
 * <p>Ties count as half for each side, rounded down. Undecided judgments count against the answers:
 * nobody knows what they would have been. Safe for use by several threads.
 */
public final class PreferenceGate implements AfterAllCallback {

  private final Judge judge;
  private final double share;
  private final AtomicInteger wins = new AtomicInteger();
  private final AtomicInteger ties = new AtomicInteger();
  private final AtomicInteger undecided = new AtomicInteger();
  private final AtomicInteger all = new AtomicInteger();

  private PreferenceGate(Judge judge, double share) {
    this.judge = requireNonNull(judge, "judge");
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("share must be between 0 and 1, was " + share);
    }
    this.share = share;
  }

  /**
   * Returns a gate.
   *
   * @param share the share of comparisons that must surely be won, between 0 and 1
   */
  public static PreferenceGate of(Judge judge, double share) {
    return new PreferenceGate(judge, share);
  }

  /** Has an answer compared with the baseline's, and counts the verdict. */
  public Judgment compare(String prompt, String answer, String baseline) {
    Judgment judgment = judge.compare(Comparison.of(prompt, answer, baseline));
    all.incrementAndGet();
    judgment
        .verdict()
        .preference()
        .ifPresentOrElse(
            preference -> {
              wins.addAndGet(preference == Preference.A ? 1 : 0);
              ties.addAndGet(preference == Preference.TIE ? 1 : 0);
            },
            undecided::incrementAndGet);
    return judgment;
  }

  /** Returns the share of comparisons won so far. */
  public Rate won() {
    return new Rate(wins.get() + ties.get() / 2, all.get());
  }

  /** Called by JUnit after all tests of the class. */
  @Override
  public void afterAll(ExtensionContext context) {
    double low = won().interval().map(Rate.Interval::low).orElse(0.0);
    if (low < share) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "Answers won %s against the baseline, %d ties, %d undecided; the interval must not reach below %.1f%%. %s",
              won(),
              ties.get(),
              undecided.get(),
              100 * share,
              judge));
    }
  }
}
