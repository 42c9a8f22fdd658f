package io.selftaught.judge.djl.decoder;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Candidates as the decoder would report them for given logits. */
public final class Fabricated {

  private Fabricated() {}

  /** Returns one row that knows the {@code count} likeliest tokens. */
  public static Candidates candidates(float[] logits, int count, double temperature) {
    List<Integer> order =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble(id -> -logits[id]))
            .toList();
    float[] row = new float[2 + 2 * count];
    row[0] = logSumExp(logits, 1);
    row[1] = logSumExp(logits, temperature);
    for (int rank = 0; rank < count; rank++) {
      row[2 + rank] = logits[order.get(rank)];
      row[2 + count + rank] = order.get(rank);
    }
    return new Candidates(row, 1, 0);
  }

  private static float logSumExp(float[] logits, double temperature) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit / temperature);
    }
    return (float) Math.log(sum);
  }
}
