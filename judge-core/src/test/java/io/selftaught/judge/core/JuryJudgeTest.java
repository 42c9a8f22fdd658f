package io.selftaught.judge.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.Judge;
import io.selftaught.judge.JudgeContract;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.ScriptedModel;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.prompt.JudgePrompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JuryJudgeTest {

  private static final Comparison COMPARISON = Comparison.of("Why?", "Because.", "No idea.");
  private static final Probabilities EVEN = new Probabilities(0.5, 0, 0.5);

  @Nested
  class OfTwo extends JudgeContract {
    @Override
    protected Judge judge(LanguageModel model) {
      Judge judge = Judges.prompted(model, JudgePrompt.standard(), GenerationConfig.greedy(200));
      return Judges.jury(TiePolicy.UNDECIDED, judge, judge);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "A,            A,            A,            A",
    "A A B,        A,            A,            A",
    "A B,          INCONSISTENT, TIE,          A",
    "B A,          INCONSISTENT, TIE,          B",
    "TIE A A B B,  INCONSISTENT, TIE,          A",
    "TIE B B A A,  INCONSISTENT, TIE,          B",
    "A TIE,        INCONSISTENT, TIE,          A",
    "TIE TIE A,    TIE,          TIE,          TIE",
    "A FAILED,     A,            A,            A",
    "FAILED B A,   INCONSISTENT, TIE,          B",
    "INCONSISTENT, INCONSISTENT, INCONSISTENT, INCONSISTENT",
    "FAILED UNPARSABLE FAILED, FAILED, FAILED, FAILED"
  })
  void votes_areCountedByThePolicy(String votes, String undecided, String tie, String first) {
    assertThat(verdict(TiePolicy.UNDECIDED, votes)).isEqualTo(undecided);
    assertThat(verdict(TiePolicy.TIE, votes)).isEqualTo(tie);
    assertThat(verdict(TiePolicy.FIRST, votes)).isEqualTo(first);
  }

  private static String verdict(TiePolicy policy, String votes) {
    Judge[] judges =
        Arrays.stream(votes.split(" ", -1))
            .map(word -> (Judge) comparison -> Judgment.of(verdict(word)))
            .toArray(Judge[]::new);
    return Judges.jury(policy, judges).compare(COMPARISON).verdict().toString();
  }

  private static Verdict verdict(String word) {
    return Arrays.stream(Preference.values()).anyMatch(p -> p.name().equals(word))
        ? Verdict.decided(Preference.valueOf(word))
        : Verdict.undecided(Cause.valueOf(word));
  }

  @Test
  void judgment_keepsAllTracesAndTheFirstReasonsOfTheMajority() {
    Judgment judgment =
        Judges.jury(
                TiePolicy.UNDECIDED,
                saying("A", "for A"),
                saying("B", ""),
                saying("B", "for B"),
                saying("B", "too"))
            .compare(COMPARISON);

    assertThat(judgment.rationale()).isEqualTo("for B");
    assertThat(judgment.traces())
        .extracting(Trace::text)
        .containsExactly("for A", "", "for B", "too");
    assertThat(judgment.usage()).isEqualTo(Usage.of(4, 8));
  }

  private static Judge saying(String word, String text) {
    Verdict verdict = verdict(word);
    return comparison ->
        new Judgment(verdict, text, List.of(new Trace(Order.AB, text, verdict, Usage.of(1, 2))));
  }

  @Test
  void probabilities_allDecidedJudgesTell_areTheirMean() {
    Judge undecided = c -> new Judgment(verdict("UNSURE"), "", List.of(), Optional.of(EVEN));

    Judgment judgment =
        Judges.jury(TiePolicy.TIE, holding(0.9, 0.0), undecided, holding(0.5, 0.2))
            .compare(COMPARISON);

    Probabilities mean = judgment.probabilities().orElseThrow();
    assertThat(mean.a()).isCloseTo(0.7, within(1e-12));
    assertThat(mean.tie()).isCloseTo(0.1, within(1e-12));
    assertThat(mean.b()).isCloseTo(0.2, within(1e-12));
  }

  private static Judge holding(double a, double tie) {
    Probabilities held = new Probabilities(a, tie, 1 - a - tie);
    return c -> new Judgment(verdict("A"), "", List.of(), Optional.of(held));
  }

  @Test
  void probabilities_aJudgeTellsNone_areTheSharesOfTheVotes() {
    assertThat(jury("A", "A", "FAILED", "B").probabilities())
        .contains(Probabilities.ofWeights(3, 0, 2));
    assertThat(jury("A", "TIE").probabilities()).contains(Probabilities.ofWeights(2, 2, 1));
    assertThat(jury("FAILED", "FAILED").probabilities()).isEmpty();
    assertThat(jury("A").probabilities()).isEmpty();
    assertThat(
            Judges.jury(TiePolicy.TIE, holding(0.9, 0), saying("A", ""))
                .compare(COMPARISON)
                .probabilities())
        .contains(Probabilities.ofWeights(3, 0, 1));
  }

  private static Judgment jury(String... votes) {
    Judge[] judges = Arrays.stream(votes).map(word -> saying(word, "")).toArray(Judge[]::new);
    return Judges.jury(TiePolicy.UNDECIDED, judges).compare(COMPARISON);
  }

  @Test
  void abstaining_jury_isSureWhereItsVotesAre() {
    Judge jury =
        Judges.jury(TiePolicy.UNDECIDED, saying("A", ""), saying("A", ""), saying("A", ""));

    assertThat(Judges.abstaining(jury, 0.8).compare(COMPARISON).verdict()).isEqualTo(verdict("A"));
    assertThat(Judges.abstaining(jury, 0.81).compare(COMPARISON).verdict())
        .isEqualTo(verdict("UNSURE"));
  }

  @Test
  void noJudge_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Judges.jury(TiePolicy.TIE))
        .withMessageContaining("judges");
  }

  @Test
  void close_closesAllAlsoAfterAFailure() {
    List<String> closed = new ArrayList<>();
    Judge jury =
        Judges.jury(
            TiePolicy.TIE, closing("1", closed), closing("bad", closed), closing("3", closed));

    assertThatIllegalStateException().isThrownBy(jury::close).withMessage("bad");
    assertThat(closed).containsExactly("1", "bad", "3");
  }

  private static Judge closing(String name, List<String> closed) {
    return new Judge() {
      @Override
      public Judgment compare(Comparison comparison) {
        return Judgment.of(Verdict.decided(Preference.A));
      }

      @Override
      public void close() {
        closed.add(name);
        if (name.equals("bad")) {
          throw new IllegalStateException(name);
        }
      }
    };
  }

  @Test
  void toString_namesAllSettings() {
    Judge judge = Judges.prompted(ScriptedModel.saying("[[A]]"));

    assertThat(Judges.jury(TiePolicy.TIE, judge, judge))
        .hasToString("jury(TIE, [" + judge + ", " + judge + "])");
  }
}
