package io.selftaught.judge.core;

import io.selftaught.judge.Comparison;
import io.selftaught.judge.Generation;
import io.selftaught.judge.Generation.FinishReason;
import io.selftaught.judge.Judgment;
import io.selftaught.judge.Order;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Trace;
import io.selftaught.judge.Usage;
import io.selftaught.judge.Verdict;
import io.selftaught.judge.Verdict.Cause;
import io.selftaught.judge.core.prompt.JudgePrompt;
import io.selftaught.judge.core.prompt.Letters;
import io.selftaught.judge.core.prompt.Majority;
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
   * probabilities, whose verdict was not read from its text, stays as it is.
   *
   * @param comparison what was judged
   * @param prompt reads the texts, in the letters in which it showed the answers
   * @param policy what becomes of a preference in one order and a tie in the other
   * @throws IllegalArgumentException if the judgment has no trace
   */
  public static Judgment reparse(
      Judgment judgment, Comparison comparison, JudgePrompt prompt, WeakPolicy policy) {
    if (judgment.traces().isEmpty()) {
      throw new IllegalArgumentException("judgment must have a trace to read");
    }
    List<Trace> traces =
        judgment.traces().stream().map(trace -> reparse(trace, comparison, prompt)).toList();
    Optional<Verdict> ab = majority(traces, Order.AB);
    Optional<Verdict> ba = majority(traces, Order.BA);
    Verdict verdict =
        ab.isPresent() && ba.isPresent()
            ? BothOrdersJudge.combine(ab.get(), ba.get(), policy)
            : ab.or(() -> ba).orElseThrow();
    return new Judgment(
        verdict, rationale(traces, verdict, prompt), traces, judgment.probabilities());
  }

  private static Trace reparse(Trace trace, Comparison comparison, JudgePrompt prompt) {
    boolean failed = trace.verdict().equals(Verdict.undecided(Cause.FAILED));
    if (failed || trace.probabilities().isPresent()) {
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
    List<Verdict> verdicts =
        traces.stream().filter(t -> t.order() == order).map(Trace::verdict).toList();
    return verdicts.isEmpty() ? Optional.empty() : Optional.of(Majority.of(verdicts));
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
