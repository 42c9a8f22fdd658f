package io.selftaught.judge.core;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Generation.FinishReason;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.prompt.Letters;
import io.selftaught.judge.core.prompt.Majority;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can be made of judgments that are there, without asking anybody. */
public final class Judgments {

  private Judgments() {}

  /** Returns the judgment of a comparison that was not judged, with what is known of the reason. */
  static Judgment undecided(Cause cause, String why, Usage usage) {
    Verdict verdict = Verdict.undecided(cause);
    return new Judgment(verdict, "", List.of(new Trace(Order.AB, why, verdict, usage)));
  }

  /**
   * Returns the answer that a judgment leans to: the one that is preferred in one order where the
   * other order holds both equal. It is known whatever {@link WeakPolicy} made of it.
   */
  public static Optional<Preference> lean(Judgment judgment) {
    Optional<Verdict> ab = majority(judgment.traces(), Order.AB);
    Optional<Verdict> ba = majority(judgment.traces(), Order.BA);
    return ab.isPresent() && ba.isPresent()
        ? BothOrdersJudge.lean(ab.get(), ba.get())
        : Optional.empty();
  }

  /**
   * Returns a stored judgment as another parser reads it, weak ones {@linkplain
   * WeakPolicy#UNDECIDED undecided}; see {@link #reparse(Judgment, Comparison, JudgePrompt,
   * WeakPolicy)}.
   */
  public static Judgment reparse(Judgment judgment, Comparison comparison, JudgePrompt prompt) {
    return reparse(judgment, comparison, prompt, WeakPolicy.UNDECIDED);
  }

  /**
   * Returns a stored judgment as another parser reads it: what the model wrote is kept in the
   * traces, so a better parser needs no second asking.
   *
   * <p>Of several traces in one order the {@link Majority} decides; of two orders what they agree
   * on, as with {@link Judges#bothOrders}. A failed asking stays failed, and a trace with
   * probabilities, or of a mark, whose verdict was not read from its text, stays as it is. So does
   * a judgment that was made by another rule, such as that of a jury, as long as all its texts are
   * read as before.
   *
   * @param comparison what was judged
   * @param prompt reads the texts, in the letters in which it showed the answers
   * @param policy what becomes of a preference in one order and a tie in the other
   * @throws IllegalArgumentException if the judgment has no trace, or a text reads otherwise and
   *     the judgment was made by another rule; its judge can make it anew from {@linkplain
   *     Judges#caching recorded answers}
   */
  public static Judgment reparse(
      Judgment judgment, Comparison comparison, JudgePrompt prompt, WeakPolicy policy) {
    List<Trace> before = judgment.traces();
    if (before.isEmpty()) {
      throw new IllegalArgumentException("judgment must have a trace to read");
    }
    List<Trace> traces = before.stream().map(trace -> reparse(trace, comparison, prompt)).toList();
    if (!isMadeOf(judgment.verdict(), before)) {
      if (traces.equals(before)) {
        return judgment;
      }
      throw new IllegalArgumentException(
          "The verdict %s was not made of its texts by votes and orders alone, and they read otherwise now; ask its judge again, with the answers from Judges.caching"
              .formatted(judgment.verdict()));
    }
    Verdict verdict = verdict(traces, policy);
    boolean byVotes = judgment.probabilities().equals(shares(before, prompt));
    return new Judgment(
        verdict,
        rationale(traces, verdict, prompt),
        traces,
        traces.equals(before)
            ? judgment.probabilities()
            : byVotes ? shares(traces, prompt) : Optional.empty());
  }

  /** Whether votes and orders give a verdict, with any policy. */
  private static boolean isMadeOf(Verdict verdict, List<Trace> traces) {
    return Arrays.stream(WeakPolicy.values())
        .anyMatch(policy -> verdict(traces, policy).equals(verdict));
  }

  private static Verdict verdict(List<Trace> traces, WeakPolicy policy) {
    Optional<Verdict> ab = majority(traces, Order.AB);
    Optional<Verdict> ba = majority(traces, Order.BA);
    return ab.isPresent() && ba.isPresent()
        ? BothOrdersJudge.combine(ab.get(), ba.get(), policy)
        : ab.or(() -> ba).orElseThrow();
  }

  /** Returns what the votes hold likely, the mean of both orders where there are both. */
  private static Optional<Probabilities> shares(List<Trace> traces, JudgePrompt prompt) {
    Optional<Probabilities> ab = shares(traces, Order.AB, prompt);
    Optional<Probabilities> ba = shares(traces, Order.BA, prompt);
    return votes(traces, Order.AB).isEmpty()
        ? ba
        : votes(traces, Order.BA).isEmpty() ? ab : ab.flatMap(first -> ba.map(first::averagedWith));
  }

  private static Optional<Probabilities> shares(
      List<Trace> traces, Order order, JudgePrompt prompt) {
    List<Verdict> votes = votes(traces, order);
    return votes.size() > 1 ? Majority.shares(votes, prompt.ties()) : Optional.empty();
  }

  private static Trace reparse(Trace trace, Comparison comparison, JudgePrompt prompt) {
    boolean failed = trace.verdict().equals(Verdict.undecided(Cause.FAILED));
    boolean planOnly = prompt.hasPlan() && trace.plan().isEmpty();
    boolean mark = trace.alone().isPresent();
    if (failed || planOnly || mark || trace.probabilities().isPresent()) {
      return trace;
    }
    Generation generation =
        new Generation(trace.text(), finishReason(trace), trace.usage(), List.of());
    Verdict shown = prompt.parse(generation, comparison.in(trace.order()));
    Verdict verdict = trace.order() == Order.AB ? shown : shown.swapped();
    return new Trace(
        trace.order(), trace.text(), verdict, trace.usage(), Optional.empty(), trace.plan());
  }

  /** A trace does not say how its text ended, but its first reading does where that matters. */
  private static FinishReason finishReason(Trace trace) {
    return trace
        .verdict()
        .fold(
            preference -> FinishReason.STOP,
            cause ->
                switch (cause) {
                  case TRUNCATED -> FinishReason.LENGTH;
                  case REFUSED -> FinishReason.REFUSED;
                  default -> FinishReason.STOP;
                });
  }

  private static Optional<Verdict> majority(List<Trace> traces, Order order) {
    List<Verdict> votes = votes(traces, order);
    return votes.isEmpty() ? Optional.empty() : Optional.of(Majority.of(votes));
  }

  private static List<Verdict> votes(List<Trace> traces, Order order) {
    return traces.stream().filter(t -> t.order() == order).map(Trace::verdict).toList();
  }

  private static String rationale(List<Trace> traces, Verdict verdict, JudgePrompt prompt) {
    return traces.stream()
        .filter(t -> verdict.preference().isPresent() && t.verdict().equals(verdict))
        .findFirst()
        .map(
            trace -> {
              String reasons = prompt.rationale(trace.text());
              return trace.order() == Order.AB ? reasons : Letters.swap(reasons);
            })
        .orElse("");
  }
}
