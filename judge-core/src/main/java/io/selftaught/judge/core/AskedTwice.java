package io.selftaught.judge.core;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Judge;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Order;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.core.prompt.Letters;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a judge said of a comparison in each order.
 *
 * @param ab the judgment of the comparison as it is
 * @param shownBa the judgment with the answers exchanged, in the letters shown: exchanging those of
 *     its reasons takes longer than all else, and seldom anybody wants them
 */
record AskedTwice(Judgment ab, Judgment shownBa) {

  static AskedTwice of(Judge judge, Comparison comparison) {
    return new AskedTwice(judge.compare(comparison), judge.compare(comparison.in(Order.BA)));
  }

  /** Returns the verdict of the second order, in the comparison's own letters. */
  Verdict ba() {
    return shownBa.verdict().swapped();
  }

  /** Returns what was written in both orders. */
  List<Trace> traces() {
    return Stream.concat(ab.traces().stream(), shownBa.traces().stream().map(Trace::swapped))
        .toList();
  }

  /** Returns what both orders together hold likely, if both say. */
  Optional<Probabilities> average() {
    return ab.probabilities()
        .flatMap(p -> shownBa.probabilities().map(Probabilities::swapped).map(p::averagedWith));
  }

  /** Returns the reasons of the first order that agrees with a decided verdict and gives any. */
  String rationale(Verdict verdict) {
    if (verdict.preference().isEmpty()) {
      return "";
    }
    if (ab.verdict().equals(verdict) && !ab.rationale().isBlank()) {
      return ab.rationale();
    }
    boolean second = ba().equals(verdict) && !shownBa.rationale().isBlank();
    return second ? Letters.swap(shownBa.rationale()) : "";
  }
}
