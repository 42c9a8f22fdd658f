package io.selftaught.judge.testing;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Verdict;
import java.util.EnumSet;
import java.util.Set;
import org.assertj.core.api.AbstractAssert;

/** What can be asserted of an answer to a prompt. An undecided judgment fulfils nothing. */
public final class AnswerAssert extends AbstractAssert<AnswerAssert, String> {

  private String prompt = "";

  AnswerAssert(String answer) {
    super(answer, AnswerAssert.class);
  }

  /**
   * Sets the prompt that was answered.
   *
   * @throws IllegalArgumentException if it is blank
   */
  public AnswerAssert to(String prompt) {
    Comparison checked = Comparison.of(prompt, "", "");
    this.prompt = checked.prompt();
    return this;
  }

  /** Asserts that the answer is better than another one; finish with {@link Preferred#by}. */
  public Preferred isPreferredOver(String baseline) {
    return new Preferred(baseline, "to be preferred over", EnumSet.of(Preference.A));
  }

  /** Asserts that the answer is at least as good; finish with {@link Preferred#by}. */
  public Preferred isNoWorseThan(String baseline) {
    return new Preferred(baseline, "to be no worse than", EnumSet.of(Preference.A, Preference.TIE));
  }

  /** An assertion that lacks its judge. */
  public final class Preferred {
    private final String baseline;
    private final String words;
    private final Set<Preference> wanted;

    private Preferred(String baseline, String words, Set<Preference> wanted) {
      this.baseline = requireNonNull(baseline, "baseline");
      this.words = words;
      this.wanted = wanted;
    }

    /**
     * Has the judge decide.
     *
     * @throws AssertionError if its verdict is another one, or none
     * @throws IllegalStateException if no prompt was set
     */
    public AnswerAssert by(Judge judge) {
      isNotNull();
      if (prompt.isEmpty()) {
        throw new IllegalStateException("Say first which prompt was answered: to(prompt)");
      }
      Judgment judgment = judge.compare(prompt, actual, baseline);
      Verdict verdict = judgment.verdict();
      if (verdict.preference().filter(wanted::contains).isEmpty()) {
        failWithMessage(
            "%nExpecting answer:%n  \"%s\"%n%s:%n  \"%s\"%nbut %s said %s.%n%s",
            actual, words, baseline, judge, verdict, judgment.rationale());
      }
      return AnswerAssert.this;
    }
  }
}
