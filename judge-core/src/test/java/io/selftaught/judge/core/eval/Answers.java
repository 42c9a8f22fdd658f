package io.selftaught.judge.core.eval;

import io.selftaught.judge.Judgment;
import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Reports of judges that say what a test wants: R right, W wrong, T tie, F failed, U unreadable.
 */
final class Answers {

  private Answers() {}

  /** Returns a report in which each pair gets two letters: of the order AB, and of BA. */
  static EvaluationReport report(
      List<LabeledComparison> pairs, Function<LabeledComparison, String> letters) {
    return new EvaluationReport(
        "scripted",
        pairs.stream().map(pair -> judged(pair, letters.apply(pair))).toList(),
        OptionalDouble.empty());
  }

  private static Judged judged(LabeledComparison pair, String letters) {
    Verdict ab = verdict(pair, letters.charAt(0));
    Verdict ba = verdict(pair, letters.charAt(1));
    Verdict both = ab.equals(ba) ? ab : Verdict.undecided(Cause.INCONSISTENT);
    return new Judged(
        pair,
        new Judgment(
            both,
            "",
            List.of(
                new Trace(Order.AB, "", ab, Usage.UNKNOWN),
                new Trace(Order.BA, "", ba, Usage.UNKNOWN))));
  }

  private static Verdict verdict(LabeledComparison pair, char letter) {
    return switch (letter) {
      case 'R' -> Verdict.decided(pair.preferred());
      case 'W' -> Verdict.decided(pair.preferred().swapped());
      case 'T' -> Verdict.decided(Preference.TIE);
      case 'F' -> Verdict.undecided(Cause.FAILED);
      default -> Verdict.undecided(Cause.UNPARSABLE);
    };
  }
}
