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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;
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
  private final OptionalDouble pairsPerMinute;

  EvaluationReport(String judge, List<Judged> judged, OptionalDouble pairsPerMinute) {
    this.judge = requireNonNull(judge, "judge");
    this.judged = List.copyOf(judged);
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
   * came to the same. Of none, and so unknown, for a judge that asks in one order.
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

  /** Of all askings that preferred an answer, those that preferred the one shown first. */
  public Rate firstShownChosen() {
    return rate(judged.stream().flatMap(Judged::firstShownChosen));
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
   * @throws IllegalArgumentException if the two have no pair in common, or one with two labels
   */
  public PairedTest pairedWith(EvaluationReport other) {
    Map<String, Judged> others = new HashMap<>();
    other.judged.forEach(pair -> others.put(pair.item().id(), pair));
    List<Judged> common =
        preferring().filter(pair -> others.containsKey(pair.item().id())).toList();
    if (common.isEmpty()) {
      throw new IllegalArgumentException("The two reports have no pair in common");
    }
    long onlyThis = 0;
    long onlyOther = 0;
    for (Judged mine : common) {
      Judged theirs = others.get(mine.item().id());
      if (theirs == null || !theirs.item().equals(mine.item())) {
        throw new IllegalArgumentException(
            "The pair " + mine.item().id() + " is not the same in both reports");
      }
      onlyThis += mine.isRight() && !theirs.isRight() ? 1 : 0;
      onlyOther += theirs.isRight() && !mine.isRight() ? 1 : 0;
    }
    return new PairedTest(common.size(), onlyThis, onlyOther);
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
