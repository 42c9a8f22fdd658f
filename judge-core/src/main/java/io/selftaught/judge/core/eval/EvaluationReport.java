package io.selftaught.judge.core.eval;

import static io.selftaught.judge.Preference.TIE;
import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Preference;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.calibrate.Observation;
import io.selftaught.judge.core.calibrate.Reliability;
import io.selftaught.judge.core.data.JsonRecord;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What an evaluation found, each figure with its own rule. Immutable.
 *
 * <p>Pairs with a preferred answer and pairs labelled as ties are never mixed in one rate, and an
 * undecided verdict is nowhere half right.
 */
public final class EvaluationReport {

  private final String judge;
  private final List<Judged> judged;
  private final int unjudged;
  private final OptionalDouble pairsPerMinute;

  EvaluationReport(String judge, List<Judged> judged, OptionalDouble pairsPerMinute) {
    this(judge, judged, 0, pairsPerMinute);
  }

  EvaluationReport(String judge, List<Judged> judged, int unjudged, OptionalDouble pairsPerMinute) {
    this.judge = requireNonNull(judge, "judge");
    this.judged = List.copyOf(judged);
    this.unjudged = unjudged;
    this.pairsPerMinute = pairsPerMinute;
  }

  /** Returns the string form of the judge: its settings. */
  public String judge() {
    return judge;
  }

  /** Returns every pair with its judgment, in the order in which they were given. */
  public List<Judged> judged() {
    return judged;
  }

  /**
   * Returns how many of the pairs that were given have no judgment, and so are in no figure: those
   * that were not judged before the deadline.
   */
  public int unjudged() {
    return unjudged;
  }

  /** Of the pairs with a preferred answer, those judged right. Undecided is not right. */
  public Rate accuracy() {
    return accuracy(preferring());
  }

  /** Of the pairs with a preferred answer on which the judge decided, those judged right. */
  public Rate accuracyOfDecided() {
    return accuracy(preferring().filter(Judged::isDecided));
  }

  /** Of the pairs labelled as ties, those judged to be ties. */
  public Rate tiesFound() {
    return accuracy(judged.stream().filter(pair -> !pair.hasPreferredAnswer()));
  }

  /** {@link #accuracy} for each category that has a preferred answer, by name. */
  public Map<String, Rate> accuracyByCategory() {
    Map<String, Rate> rates = new TreeMap<>();
    preferring()
        .forEach(
            pair ->
                rates.merge(
                    pair.item().category(),
                    new Rate(pair.isRight() ? 1 : 0, 1),
                    (x, y) -> new Rate(x.hits() + y.hits(), x.of() + y.of())));
    return Collections.unmodifiableMap(rates);
  }

  /**
   * Cohen's kappa between labels and verdicts, ties included, over the pairs on which the judge
   * decided; nothing if chance alone would always agree.
   */
  public OptionalDouble kappa() {
    return Agreement.cohen(labelsAndVerdicts());
  }

  /** Returns the 95% interval of {@link #kappa} by {@link Bootstrap}, with a fixed seed. */
  public Optional<Rate.Interval> kappaInterval() {
    return Bootstrap.interval(labelsAndVerdicts(), Agreement::cohen, 2000, 1);
  }

  private List<List<Preference>> labelsAndVerdicts() {
    return judged.stream()
        .flatMap(
            pair ->
                pair.judgment().verdict().preference().stream()
                    .map(verdict -> List.of(pair.item().preferred(), verdict)))
        .toList();
  }

  /** Returns what the judge held likely and what is right, for each pair where it says so. */
  public List<Observation> observations() {
    return judged.stream()
        .flatMap(pair -> Observation.of(pair.judgment(), pair.item().preferred()).stream())
        .toList();
  }

  /**
   * Returns how far the judge's probabilities can be relied on; nothing, and so unknown, if it
   * tells none. Pairs labelled as ties count only if the judge could have said so.
   */
  public Optional<Reliability> reliability() {
    return Reliability.ofSayable(observations());
  }

  /**
   * Of the pairs that were judged in both orders with a decision in each, those where both orders
   * came to the same. Of none, and so unknown, for a judge that asks in one order. Of several votes
   * in an order the majority counts; an even vote decides nothing here, whatever the judge makes of
   * it.
   */
  public Rate positionConsistency() {
    return rate(judged.stream().flatMap(pair -> pair.isConsistent().stream()));
  }

  /**
   * Of the pairs with a preferred answer that were asked about in both orders, those where each
   * order by itself came to the right verdict. Of none for a judge that asks in one order.
   */
  public Rate accuracyInBothOrders() {
    return rate(
        preferring().filter(Judged::isAskedInBothOrders).map(pair -> pair.isRightInBothOrders()));
  }

  /** Of all pairs, those judged to be ties, rightly or not. */
  public Rate ties() {
    return rate(
        judged.stream().map(pair -> pair.judgment().verdict().equals(Verdict.decided(TIE))));
  }

  /**
   * Of all pairs, those left undecided, for whatever cause; {@link #undecided} tells them apart.
   */
  public Rate undecidedRate() {
    return rate(judged.stream().map(pair -> !pair.isDecided()));
  }

  /**
   * Of all askings that preferred an answer, those that preferred the one shown first. Of none, and
   * so unknown, for a judge that is shown one answer at a time.
   */
  public Rate firstShownChosen() {
    return rate(judged.stream().flatMap(Judged::firstShownChosen));
  }

  /**
   * Of the pairs in which the two orders preferred opposite answers, those where that was the one
   * shown first both times. Half of them has no bias to a place; of none for a judge that asks in
   * one order.
   */
  public Rate flipsToFirst() {
    return rate(judged.stream().flatMap(pair -> pair.flippedToFirst().stream()));
  }

  /**
   * Of the pairs with answers of unequal length on which the judge preferred one, those where it
   * preferred the longer one.
   */
  public Rate longerChosen() {
    return rate(judged.stream().flatMap(pair -> pair.longerChosen().stream()));
  }

  /** {@link #accuracy} on the pairs whose better answer is the longer one. */
  public Rate accuracyWhenLongerIsBetter() {
    return accuracy(preferring().filter(pair -> pair.isLonger(pair.item().preferred())));
  }

  /** {@link #accuracy} on the pairs whose better answer is the shorter one. */
  public Rate accuracyWhenShorterIsBetter() {
    return accuracy(preferring().filter(pair -> pair.isLonger(pair.item().preferred().swapped())));
  }

  /** Returns how many pairs, ties included, were left undecided for each cause that occurred. */
  public Map<Cause, Long> undecided() {
    Map<Cause, Long> counts = new EnumMap<>(Cause.class);
    judged.forEach(
        pair -> pair.judgment().verdict().cause().ifPresent(c -> counts.merge(c, 1L, Long::sum)));
    return Collections.unmodifiableMap(counts);
  }

  /** {@link #accuracy} of a judge that always prefers the pair's a. */
  public Rate alwaysFirst() {
    return baseline(pair -> pair.item().preferred() == Preference.A);
  }

  /** {@link #accuracy} of a judge that always prefers the longer answer, or a if none is longer. */
  public Rate alwaysLonger() {
    return baseline(
        pair -> {
          int a = pair.item().comparison().a().length();
          int b = pair.item().comparison().b().length();
          return pair.item().preferred() == (a >= b ? Preference.A : Preference.B);
        });
  }

  /**
   * Returns the pairs judged per minute in this run; nothing if all were judged by earlier runs.
   */
  public OptionalDouble pairsPerMinute() {
    return pairsPerMinute;
  }

  /** Returns the tokens of all judgments. */
  public Usage usage() {
    return judged.stream().map(pair -> pair.judgment().usage()).reduce(Usage.NONE, Usage::plus);
  }

  /**
   * Compares the accuracy of this judge with another one's on the pairs that both judged.
   *
   * @throws IllegalArgumentException if the two have no pair with a preferred answer in common, or
   *     one with other texts or another label
   */
  public PairedTest pairedWith(EvaluationReport other) {
    List<JudgedTwice> common =
        JudgedTwice.of(this, other).stream()
            .filter(pair -> pair.one().hasPreferredAnswer())
            .toList();
    if (common.isEmpty()) {
      throw new IllegalArgumentException(
          "The two reports have no pair in common that has a preferred answer");
    }
    return new PairedTest(
        common.size(),
        common.stream().filter(pair -> pair.one().isRight() && !pair.other().isRight()).count(),
        common.stream().filter(pair -> pair.other().isRight() && !pair.one().isRight()).count());
  }

  /**
   * Compares a score of this judge with another one's on the pairs that both judged, those labelled
   * as ties included, by {@link PairedPermutation}. For right and wrong {@link #pairedWith} does
   * the same; this is for what has more steps:
   *
   * <pre>{@code
   * after.permutationWith(before, p -> p.isRight() ? 1 : p.isDecided() ? 0 : 0.5, 1);
   * }</pre>
   *
   * @param score what a judged pair is worth, finite
   * @param seed the only source of chance: beyond 20 pairs with unequal scores, 10,000 samples are
   *     drawn
   * @throws IllegalArgumentException if the two have no pair in common, or one with other texts or
   *     another label, or a score is not finite
   */
  public PairedScores permutationWith(
      EvaluationReport other, ToDoubleFunction<Judged> score, long seed) {
    return PairedScores.of(JudgedTwice.of(this, other), score, seed);
  }

  /** Returns all figures as a record: what {@code report.json} holds. */
  public JsonRecord toJson() {
    return ReportText.toJson(this);
  }

  /** Returns all figures as tables in Markdown, for a pull request or a wiki. */
  public String toMarkdown() {
    return ReportFormats.toMarkdown(this);
  }

  /** Returns a line for each pair as CSV by RFC 4180, with a header, for a spreadsheet. */
  public String toCsv() {
    return ReportFormats.toCsv(this);
  }

  /**
   * Returns each pair as a test case in the XML of JUnit, for a CI server. A pair judged wrong or
   * left undecided is a failure; one about which the model could not be asked is an error.
   *
   * @param suite the name of the suite of these tests
   */
  public String toJUnitXml(String suite) {
    return ReportFormats.toJUnitXml(this, suite);
  }

  /** Returns all figures over several lines, for people. */
  @Override
  public String toString() {
    return ReportText.toText(this);
  }

  private Stream<Judged> preferring() {
    return judged.stream().filter(Judged::hasPreferredAnswer);
  }

  private Rate baseline(Predicate<Judged> right) {
    return rate(preferring().map(right::test));
  }

  private static Rate accuracy(Stream<Judged> pairs) {
    return rate(pairs.map(Judged::isRight));
  }

  private static Rate rate(Stream<Boolean> results) {
    List<Boolean> all = results.toList();
    return new Rate(all.stream().filter(hit -> hit).count(), all.size());
  }
}
