package io.selftaught.judge.djl.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sequences that are computed at once, padded at their ends to the longest. Attention looks back
 * only and no padding is learnt, so padding changes nothing.
 */
final class MicroBatch {

  private final int sequences;
  private final int length;
  private final long[] ids;
  private final long[] rows;
  private final long[] targets;

  private MicroBatch(int sequences, int length, long[] ids, long[] rows, long[] targets) {
    this.sequences = sequences;
    this.length = length;
    this.ids = ids;
    this.rows = rows;
    this.targets = targets;
  }

  /**
   * Splits the sequences of one optimiser step into groups of similar length. A group stays within
   * {@code maxTokens}, padding included, unless it is one sequence that alone is longer.
   */
  static List<MicroBatch> split(List<TrainingSequence> sequences, int maxTokens) {
    List<MicroBatch> batches = new ArrayList<>();
    List<TrainingSequence> group = new ArrayList<>();
    for (TrainingSequence sequence : longestFirst(sequences)) {
      if (!group.isEmpty() && (group.size() + 1L) * group.get(0).length() > maxTokens) {
        batches.add(of(group));
        group.clear();
      }
      group.add(sequence);
    }
    batches.add(of(group));
    return batches;
  }

  private static List<TrainingSequence> longestFirst(List<TrainingSequence> sequences) {
    return sequences.stream()
        .sorted(Comparator.comparingInt(TrainingSequence::length).reversed())
        .toList();
  }

  private static MicroBatch of(List<TrainingSequence> group) {
    int length = group.get(0).length();
    long[] ids = new long[group.size() * length];
    IntStream.Builder rows = IntStream.builder();
    for (int i = 0; i < group.size(); i++) {
      ImmutableIntArray tokens = group.get(i).ids();
      int first = i * length;
      IntStream.range(0, tokens.length()).forEach(t -> ids[first + t] = tokens.get(t));
      IntStream.range(group.get(i).completionStart(), tokens.length())
          .forEach(t -> rows.add(first + t - 1));
    }
    long[] from = rows.build().asLongStream().toArray();
    long[] targets = new long[from.length];
    IntStream.range(0, from.length).forEach(r -> targets[r] = ids[Math.toIntExact(from[r]) + 1]);
    return new MicroBatch(group.size(), length, ids, from, targets);
  }

  /** Returns the tokens, [sequences, length]. */
  NDArray ids(NDManager manager) {
    return manager.create(ids, new Shape(sequences, length));
  }

  /** Returns the positions among all of {@link #ids} that a learnt token is predicted from. */
  NDArray rows(NDManager manager) {
    return manager.create(rows);
  }

  /** Returns for each of the rows the token that follows. */
  NDArray targets(NDManager manager) {
    return manager.create(targets);
  }

  /** Returns the positions that are computed, padding included. */
  int positions() {
    return ids.length;
  }
}
