package io.selftaught.judge.core.eval;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.Judgment;
import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.core.prompt.Majority;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A labelled comparison with the judgment of it. */
public record Judged(LabeledComparison item, Judgment judgment) {

  public Judged {
    requireNonNull(item, "item");
    requireNonNull(judgment, "judgment");
  }

  /** Returns whether the judge's verdict is the label. */
  public boolean isRight() {
    return judgment.verdict().equals(Verdict.decided(item.preferred()));
  }

  /** Returns whether the judge decided, be it for a tie. */
  public boolean isDecided() {
    return judgment.verdict().preference().isPresent();
  }

  /** Returns whether one answer is labelled as the better one. */
  boolean hasPreferredAnswer() {
    return item.preferred() != Preference.TIE;
  }

  /** Returns whether both orders came to the same, if both were asked and decided. */
  Optional<Boolean> isConsistent() {
    Optional<Preference> ab = verdictIn(Order.AB);
    Optional<Preference> ba = verdictIn(Order.BA);
    return ab.isPresent() && ba.isPresent() ? Optional.of(ab.equals(ba)) : Optional.empty();
  }

  /**
   * Returns, for each asking that was shown both answers and preferred one, whether it was the one
   * shown first.
   */
  Stream<Boolean> firstShownChosen() {
    return judgment.traces().stream()
        .filter(trace -> trace.alone().isEmpty())
        .flatMap(
            trace ->
                trace.verdict().preference().stream()
                    .filter(preference -> preference != Preference.TIE)
                    .map(preference -> trace.order().apply(preference) == Preference.A));
  }

  /**
   * Returns whether the one shown first was preferred both times, if the orders preferred opposite
   * answers. Answers that were shown alone have no place to be preferred for.
   */
  Optional<Boolean> flippedToFirst() {
    boolean shownBoth = judgment.traces().stream().allMatch(trace -> trace.alone().isEmpty());
    Optional<Preference> ab = verdictIn(Order.AB).filter(p -> p != Preference.TIE);
    Optional<Preference> ba = verdictIn(Order.BA).filter(p -> p != Preference.TIE);
    return shownBoth && ab.isPresent() && ba.isPresent() && !ab.equals(ba)
        ? ab.map(preference -> preference == Preference.A)
        : Optional.empty();
  }

  /** Returns whether an answer has more characters than the other one. */
  boolean isLonger(Preference answer) {
    int difference = item.comparison().a().length() - item.comparison().b().length();
    return switch (answer) {
      case A -> difference > 0;
      case B -> difference < 0;
      case TIE -> false;
    };
  }

  /** Returns whether the longer answer was chosen, if one was and one is longer. */
  Optional<Boolean> longerChosen() {
    return judgment
        .verdict()
        .preference()
        .filter(chosen -> isLonger(chosen) || isLonger(chosen.swapped()))
        .map(this::isLonger);
  }

  /** Returns whether the judge was asked in both orders, whatever it said. */
  boolean isAskedInBothOrders() {
    return judgment.traces().stream().map(Trace::order).distinct().count() == 2;
  }

  /** Returns whether each order by itself came to the label. */
  boolean isRightInBothOrders() {
    Optional<Preference> right = Optional.of(item.preferred());
    return verdictIn(Order.AB).equals(right) && verdictIn(Order.BA).equals(right);
  }

  /** Returns what the askings in one order came to, if they did. */
  Optional<Preference> verdictIn(Order order) {
    List<Verdict> verdicts =
        judgment.traces().stream()
            .filter(trace -> trace.order() == order)
            .map(Trace::verdict)
            .toList();
    return verdicts.isEmpty() ? Optional.empty() : Majority.of(verdicts).preference();
  }
}
