package io.selftaught.judge.core.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.data.JsonRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EvaluationReportTest {

  /** Label, then verdicts in order AB and BA (caller's letters), then the outcome. */
  private final EvaluationReport report =
      report(
          judged("1", "easy", "A", "A A", "A", "long", "x"),
          judged("2", "easy", "A", "A B", "INCONSISTENT", "long", "x"),
          judged("3", "hard", "B", "A A", "A", "x", "long"),
          judged("4", "hard", "B", "B UNPARSABLE", "UNPARSABLE", "same", "same"),
          judged("5", "hard", "B", "FAILED FAILED", "FAILED", "long", "x"),
          judged("6", "tie", "TIE", "TIE TIE", "TIE", "x", "x"),
          judged("7", "tie", "TIE", "B B", "B", "x", "x"));

  @Test
  void accuracy_undecidedPairs_areNotRightAndTiesAreApart() {
    assertThat(report.accuracy()).isEqualTo(new Rate(1, 5));
    assertThat(report.accuracyOfDecided()).isEqualTo(new Rate(1, 2));
    assertThat(report.tiesFound()).isEqualTo(new Rate(1, 2));
    assertThat(report.accuracyByCategory())
        .isEqualTo(Map.of("easy", new Rate(1, 2), "hard", new Rate(0, 3)));
  }

  @Test
  void undecided_causes_areCountedApart() {
    assertThat(report.undecided())
        .isEqualTo(Map.of(Cause.INCONSISTENT, 1L, Cause.UNPARSABLE, 1L, Cause.FAILED, 1L));
  }

  @Test
  void undecidedRate_ofAllPairs_isInEveryFormat() {
    assertThat(report.undecidedRate()).isEqualTo(new Rate(3, 7));
    assertThat(report.toJson().record("undecidedRate").integer("hits")).isEqualTo(3);
    assertThat(report.toJson().record("undecidedRate").names()).contains("low", "high");
    assertThat(report.toJson().textMap("rules")).containsKey("undecidedRate");
    assertThat(report.toString().lines())
        .contains("undecidedRate                3/7 = 42.9% (15.8 to 75.0)");
    assertThat(report.toMarkdown().lines())
        .contains("| undecidedRate | 42.9% | 15.8 to 75.0 | 7 |");
  }

  @Test
  void sampleSize_isSaidBesideTheAccuracy() {
    assertThat(report.toString())
        .contains("takes up to 385 pairs with a preferred answer; these are 5");
    assertThat(report.toMarkdown())
        .contains("takes up to 385 pairs with a preferred answer; these are 5.");
  }

  @Test
  void positionConsistency_onlyPairsDecidedInBothOrders_count() {
    assertThat(report.positionConsistency()).isEqualTo(new Rate(4, 5));
  }

  @Test
  void positionConsistency_votes_majorityOfEachOrderCounts() {
    Judged votes =
        judged("1", "", "A", "A A", "A", "x", "y", "AB:A", "AB:A", "AB:B", "BA:B", "BA:A", "BA:A");

    assertThat(report(votes).positionConsistency()).isEqualTo(new Rate(1, 1));
  }

  @Test
  void positionConsistency_oneOrder_isUnknown() {
    assertThat(report(judged("1", "", "A", "A A", "A", "x", "y", "AB:A")).positionConsistency())
        .isEqualTo(new Rate(0, 0));
  }

  @Test
  void firstShownChosen_shownSlotAndNotTheCallersLetter_counts() {
    // 1: first, second; 2: first, first; 3: first, second; 4: second; 7: second, first
    assertThat(report.firstShownChosen()).isEqualTo(new Rate(5, 9));
  }

  @Test
  void flipsToFirst_oppositePreferences_countByThePlaceTheyFollowed() {
    // Of the others, 2 preferred a then b, so the first shown twice.
    assertThat(report.flipsToFirst()).isEqualTo(new Rate(1, 1));
    EvaluationReport second =
        report(
            judged("1", "", "A", "B A", "INCONSISTENT", "x", "y"),
            judged("2", "", "A", "A TIE", "INCONSISTENT", "x", "y"));
    assertThat(second.flipsToFirst()).isEqualTo(new Rate(0, 1));
  }

  @Test
  void unjudged_pairs_areSaidAndInNoFigure() {
    EvaluationReport part =
        new EvaluationReport("judge", report.judged(), 5, OptionalDouble.empty());

    assertThat(part.accuracy()).isEqualTo(report.accuracy());
    assertThat(part.toJson().integer("unjudged")).isEqualTo(5);
    assertThat(part.toString()).contains("unjudged                     5 pairs");
    assertThat(part.toMarkdown()).startsWith("`judge` on 7 pairs, 5 unjudged\n");
    assertThat(report.toString()).doesNotContain("unjudged");
    assertThat(report.toJson().has("unjudged")).isFalse();
  }

  @Test
  void baselines_samePairs_areBesideTheAccuracy() {
    assertThat(report.alwaysFirst()).isEqualTo(new Rate(2, 5));
    assertThat(report.alwaysLonger()).isEqualTo(new Rate(3, 5));
  }

  @Test
  void lengths_longerAnswers_areCountedWhereOneIsLonger() {
    // 1: the longer of two is chosen, rightly; 3: the shorter, wrongly; 2 and 5 are not decided.
    assertThat(report.longerChosen()).isEqualTo(new Rate(1, 2));
    assertThat(report.accuracyWhenLongerIsBetter()).isEqualTo(new Rate(1, 3));
    assertThat(report.accuracyWhenShorterIsBetter()).isEqualTo(new Rate(0, 1));
  }

  @Test
  void kappa_decidedPairs_includesTies() {
    // Decided: A/A, B/A, TIE/TIE, TIE/B: agreement 8/16, by chance (1*2 + 1*1 + 2*1)/16.
    assertThat(report.kappa()).hasValue(3.0 / 11);
  }

  @Test
  void kappaInterval_isAroundTheKappaAndTheSameEveryTime() {
    Rate.Interval interval = report.kappaInterval().orElseThrow();

    assertThat(report.kappa().orElseThrow()).isBetween(interval.low(), interval.high());
    assertThat(report.kappaInterval()).contains(interval);
  }

  @Test
  void accuracyInBothOrders_eachOrderMustBeRightByItself() {
    // Of 1 to 5, asked in both orders, only 1 is A and A where A is right.
    assertThat(report.accuracyInBothOrders()).isEqualTo(new Rate(1, 5));
    assertThat(report(judged("1", "", "A", "A A", "A", "x", "y", "AB:A")).accuracyInBothOrders())
        .isEqualTo(new Rate(0, 0));
  }

  @Test
  void ties_allPairsCount() {
    assertThat(report.ties()).isEqualTo(new Rate(1, 7));
  }

  @Test
  void usage_allAskings_areAddedUp() {
    assertThat(report.usage()).isEqualTo(Usage.of(14 * 5, 14 * 7));
  }

  @Test
  void toJson_everyFigure_isThereWithItsRule() {
    JsonRecord json = report.toJson();

    assertThat(json.text("judge")).isEqualTo("judge");
    assertThat(json.integer("pairs")).isEqualTo(7);
    assertThat(json.record("accuracy").number("value")).isEqualTo(0.2);
    assertThat(json.record("accuracy").names())
        .containsExactly("hits", "of", "value", "low", "high");
    assertThat(json.record("undecided").names())
        .containsExactly("INCONSISTENT", "UNPARSABLE", "FAILED");
    assertThat(json.record("accuracyByCategory").record("hard").integer("of")).isEqualTo(3);
    assertThat(json.has("pairsPerMinute")).isFalse();
    assertThat(json.textMap("rules")).containsKeys("accuracy", "positionConsistency", "kappa");
  }

  @Test
  void reliability_probabilities_areWeighedInEveryFormat() {
    // Bins 0.6 to 0.7, right in one of two, and 0.9 to 1, right.
    EvaluationReport sure =
        report(holding("1", 0.6, "A"), holding("2", 0.6, "B"), holding("3", 0.9, "A"));

    JsonRecord json = sure.toJson().record("reliability");
    assertThat(json.integer("n")).isEqualTo(3);
    assertThat(json.number("expectedCalibrationError")).isCloseTo(0.1, within(1e-12));
    assertThat(json.records("bins")).hasSize(2);
    assertThat(json.records("bins").get(0).number("accuracy")).isEqualTo(0.5);
    assertThat(sure.toMarkdown().lines())
        .contains("Expected calibration error 0.100 (of 3); Brier score 0.353.")
        .endsWith(
            "| confidence | mean confidence | right | of |",
            "|---|---|---|---|",
            "| 60 to 70% | 60.0% | 50.0% | 2 |",
            "| 90 to 100% | 90.0% | 100.0% | 1 |");
    assertThat(sure.toString().lines()).contains("expectedCalibrationError     0.100 (of 3)");
  }

  @Test
  void reliability_noProbabilities_isUnknown() {
    assertThat(report.reliability()).isEmpty();
    assertThat(report.toJson().record("reliability")).hasToString("{\"n\":0}");
    assertThat(report.toMarkdown())
        .endsWith("\nExpected calibration error unknown: the judge tells no probabilities.\n");
    assertThat(report.toString().lines()).contains("expectedCalibrationError     unknown");
  }

  private static Judged holding(String id, double a, String label) {
    Judged judged = judged(id, "", label, "A A", "A", "x", "y");
    return new Judged(
        judged.item(),
        new Judgment(
            judged.judgment().verdict(),
            "",
            judged.judgment().traces(),
            Optional.of(new Probabilities(a, 0, 1 - a))));
  }

  @Test
  void toString_report_isReadable() {
    assertThat(report.toString().lines())
        .contains(
            "accuracy                     1/5 = 20.0% (3.6 to 62.4)",
            "alwaysLonger                 3/5 = 60.0% (23.1 to 88.2)",
            "pairsPerMinute               unknown");
  }

  @Test
  void pairedWith_samePairs_countsWhereOnlyOneIsRight() {
    EvaluationReport after =
        report(
            judged("1", "easy", "A", "B B", "B", "long", "x"),
            judged("3", "hard", "B", "B B", "B", "x", "long"),
            judged("4", "hard", "B", "B B", "B", "same", "same"),
            judged("7", "tie", "TIE", "TIE TIE", "TIE", "x", "x"),
            judged("9", "new", "A", "A A", "A", "x", "x"));

    assertThat(after.pairedWith(report)).isEqualTo(new PairedTest(3, 2, 1));
    assertThat(report.pairedWith(after)).isEqualTo(new PairedTest(3, 1, 2));
  }

  @Test
  void pairedWith_nothingInCommonOrOtherTexts_isRefused() {
    assertThatThrownBy(() -> report.pairedWith(report(judged("9", "", "A", "A A", "A", "x", "y"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no pair in common");
    assertThatThrownBy(
            () -> report.pairedWith(report(judged("1", "easy", "B", "A A", "A", "long", "x"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pair 1");
    EvaluationReport ties = report(judged("7", "tie", "TIE", "B B", "B", "x", "x"));
    assertThatThrownBy(() -> ties.pairedWith(report))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no pair in common that has a preferred answer");
  }

  @Test
  void permutationWith_scoresWithSteps_areComparedPairByPair() {
    EvaluationReport after =
        report(
            judged("1", "easy", "A", "A A", "A", "long", "x"),
            judged("2", "easy", "A", "A A", "A", "long", "x"),
            judged("3", "hard", "B", "B B", "B", "x", "long"),
            judged("7", "tie", "TIE", "TIE TIE", "TIE", "x", "x"),
            judged("9", "new", "A", "A A", "A", "x", "x"));

    // 1 and 1, 1 and 1/2, 1 and 0, 1 and 0: of the 8 choices of signs only all alike are as far.
    PairedScores scores = after.permutationWith(report, EvaluationReportTest::openAsHalf, 1);

    assertThat(scores).isEqualTo(new PairedScores(4, 2.5 / 4, 2 / 8.0));
    assertThat(scores).hasToString("+0.625 on 4 pairs (p = 0.250)");
    assertThat(report.permutationWith(after, EvaluationReportTest::openAsHalf, 1))
        .isEqualTo(new PairedScores(4, -2.5 / 4, 2 / 8.0));
  }

  private static double openAsHalf(Judged pair) {
    return pair.isRight() ? 1 : pair.isDecided() ? 0 : 0.5;
  }

  @Test
  void permutationWith_rightAndWrong_isTheExactTestOfMcNemar() {
    EvaluationReport always = report(pairs(14, "A A", "A"));
    EvaluationReport never = report(pairs(14, "B B", "B"));

    assertThat(always.permutationWith(never, pair -> pair.isRight() ? 1 : 0, 1).pValue())
        .isCloseTo(always.pairedWith(never).pValue(), within(1e-12));
  }

  private static Judged[] pairs(int n, String verdicts, String outcome) {
    Judged[] pairs = new Judged[n];
    for (int i = 0; i < n; i++) {
      pairs[i] = judged(Integer.toString(i), "", "A", verdicts, outcome, "x", "y");
    }
    return pairs;
  }

  @Test
  void permutationWith_otherPairsOrNoNumber_isRefused() {
    assertThatThrownBy(
            () ->
                report.permutationWith(
                    report(judged("9", "", "A", "A A", "A", "x", "y")), pair -> 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no pair in common");
    assertThatThrownBy(
            () ->
                report.permutationWith(
                    report(judged("6", "tie", "TIE", "A A", "A", "other", "x")), pair -> 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pair 6 is not the same in both reports");
    assertThatThrownBy(() -> report.permutationWith(report, pair -> Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("score must be finite, was NaN for the pair 1");
  }

  private static EvaluationReport report(Judged... judged) {
    return new EvaluationReport("judge", List.of(judged), OptionalDouble.empty());
  }

  /** {@code votes} such as AB:A stand in for the two verdicts where there are several. */
  private static Judged judged(
      String id,
      String category,
      String label,
      String verdicts,
      String outcome,
      String a,
      String b,
      String... votes) {
    String[] both = verdicts.split(" ");
    String[] cast = votes.length > 0 ? votes : new String[] {"AB:" + both[0], "BA:" + both[1]};
    LabeledComparison item =
        new LabeledComparison(
            id, "", category, Comparison.of("p", a, b), Preference.valueOf(label));
    List<Trace> traces = Arrays.stream(cast).map(EvaluationReportTest::trace).toList();
    return new Judged(item, new Judgment(verdict(outcome), "", traces));
  }

  private static Trace trace(String vote) {
    String[] parts = vote.split(":");
    return new Trace(Order.valueOf(parts[0]), "", verdict(parts[1]), Usage.of(5, 7));
  }

  private static Verdict verdict(String word) {
    return Arrays.stream(Preference.values())
        .filter(preference -> preference.name().equals(word))
        .findFirst()
        .map(Verdict::decided)
        .orElseGet(() -> Verdict.undecided(Cause.valueOf(word)));
  }
}
