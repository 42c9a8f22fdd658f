package io.selftaught.judge;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What the current judge said of a pair, and which of it is worth learning.
 *
 * @param pairId the pair that was judged, not blank
 * @param traces every sampled judgment; their verdicts use a for the chosen answer and b for the
 *     rejected one, whichever was shown first
 * @param examples the judgments to learn from; empty if none agreed with the construction
 */
public record Annotation(String pairId, List<Trace> traces, List<Example> examples) {

  public Annotation {
    Checks.notBlank("pairId", requireNonNull(pairId, "pairId"));
    traces = List.copyOf(traces);
    examples = List.copyOf(examples);
  }

  /** Returns the number of sampled judgments that prefer the chosen answer. */
  public long agreeing() {
    Verdict right = Verdict.decided(Preference.A);
    return traces.stream().filter(trace -> trace.verdict().equals(right)).count();
  }

  /**
   * A judgment to learn from.
   *
   * @param order the order in which the chosen and the rejected answer were shown
   */
  public record Example(Order order, TrainingExample example) {
    public Example {
      requireNonNull(order, "order");
      requireNonNull(example, "example");
    }
  }
}
