package io.selftaught.judge.djl.generate;

import io.selftaught.judge.djl.decoder.Candidates;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Draws tokens at a temperature from a nucleus (Holtzman et al. 2020): the likeliest tokens that
 * together reach {@code topP}, renormalised.
 *
 * <p>Exact: a nucleus that the known candidates don't cover is drawn from all logits, which are
 * fetched only then. One random number a token. Not safe for use by several threads.
 */
public final class Sampler {

  /**
   * How far below the likeliest token, in logits over temperature, a token may be to be ranked. The
   * first range holds nearly every nucleus and is a small part of the vocabulary.
   */
  private static final double[] RANGES = {8, 16, Double.POSITIVE_INFINITY};

  private final double temperature;
  private final double topP;
  private final SplittableRandom random;

  /**
   * Creates the sampler of one sample.
   *
   * @param temperature 0 takes the likeliest token
   * @param topP the mass of the nucleus, above 0 and up to 1
   * @param sample the index of the sample: of the same seed and index come the same numbers
   */
  public Sampler(double temperature, double topP, long seed, int sample) {
    this.temperature = temperature;
    this.topP = topP;
    this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + sample);
  }

  /** Returns the factor that {@link Candidates#scaledLogSumExp} must be computed with. */
  float inverseTemperature() {
    return temperature == 0 ? 1 : (float) (1 / temperature);
  }

  /**
   * Draws the next token of a row.
   *
   * @param candidates with {@link Candidates#scaledLogSumExp} at this temperature
   * @param allLogits gives the row's logits of the whole vocabulary
   */
  public Draw draw(Candidates candidates, int row, Supplier<float[]> allLogits) {
    if (temperature == 0) {
      return likeliest(candidates, row);
    }
    Ranking known = new KnownRanking(candidates, row);
    double uniform = random.nextDouble();
    int rank = rank(known, uniform);
    if (rank >= 0) {
      return known.draw(rank);
    }
    float[] logits = allLogits.get();
    for (double range : RANGES) {
      float least = (float) (candidates.logit(row, 0) - range * temperature);
      known = new FullRanking(logits, order(logits, least), candidates, row);
      rank = rank(known, uniform);
      if (rank >= 0) {
        return known.draw(rank);
      }
    }
    // The probabilities of all tokens fall short of 1 by a rounding error: the last one it is.
    return known.draw(known.size() - 1);
  }

  /** Draws one of a few allowed tokens, renormalised to them; returns its index. */
  int drawAmong(double[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    if (temperature == 0) {
      return best;
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp((logit - logits[best]) / temperature);
    }
    double target = random.nextDouble() * sum;
    for (int i = 0; i < logits.length; i++) {
      target -= Math.exp((logits[i] - logits[best]) / temperature);
      if (target < 0) {
        return i;
      }
    }
    return best;
  }

  /** Of equally likely tokens the one with the lowest id, as an argmax over the vocabulary. */
  private static Draw likeliest(Candidates candidates, int row) {
    int best = 0;
    for (int rank = 1; rank < candidates.count(); rank++) {
      if (candidates.logit(row, rank) < candidates.logit(row, 0)) {
        break;
      }
      best = candidates.id(row, rank) < candidates.id(row, best) ? rank : best;
    }
    return new KnownRanking(candidates, row).draw(best);
  }

  /**
   * Returns the rank whose share of the nucleus holds {@code uniform}, or -1 if the ranking ends
   * before that can be told.
   */
  private int rank(Ranking ranking, double uniform) {
    double mass = topP < 1 ? nucleus(ranking) : 1;
    if (mass < 0) {
      return -1;
    }
    double target = uniform * mass;
    for (int rank = 0; rank < ranking.size(); rank++) {
      target -= ranking.probability(rank, temperature);
      if (target < 0) {
        return rank;
      }
    }
    return -1;
  }

  /** Returns the mass of the nucleus, or -1 if the ranking ends before {@code topP} is reached. */
  private double nucleus(Ranking ranking) {
    double mass = 0;
    for (int rank = 0; rank < ranking.size(); rank++) {
      mass += ranking.probability(rank, temperature);
      if (mass >= topP) {
        return mass;
      }
    }
    return -1;
  }

  /** A token and the logarithm of its probability at temperature 1. */
  public record Draw(int id, double logProbability) {}

  /** Tokens in falling order of probability. */
  private interface Ranking {
    int size();

    double probability(int rank, double temperature);

    Draw draw(int rank);
  }

  private record KnownRanking(Candidates candidates, int row) implements Ranking {
    @Override
    public int size() {
      return candidates.count();
    }

    @Override
    public double probability(int rank, double temperature) {
      return Math.exp(candidates.logit(row, rank) / temperature - candidates.scaledLogSumExp(row));
    }

    @Override
    public Draw draw(int rank) {
      return new Draw(
          candidates.id(row, rank), candidates.logit(row, rank) - candidates.logSumExp(row));
    }
  }

  /** Returns the ids of the logits from {@code least} on, in falling order. */
  private static int[] order(float[] logits, float least) {
    long[] keys = new long[logits.length];
    int count = 0;
    for (int id = 0; id < logits.length; id++) {
      if (logits[id] >= least) {
        keys[count++] = (long) fallingBits(logits[id]) << 32 | id;
      }
    }
    Arrays.sort(keys, 0, count);
    int[] order = new int[count];
    for (int rank = 0; rank < count; rank++) {
      order[rank] = (int) keys[rank];
    }
    return order;
  }

  /** Maps floats to integers in the opposite order. */
  private static int fallingBits(float value) {
    int bits = Float.floatToIntBits(value);
    return bits < 0 ? bits & Integer.MAX_VALUE : ~bits;
  }

  @SuppressWarnings("ArrayRecordComponent") // short-lived, never compared
  private record FullRanking(float[] logits, int[] order, Candidates candidates, int row)
      implements Ranking {
    @Override
    public int size() {
      return order.length;
    }

    @Override
    public double probability(int rank, double temperature) {
      return Math.exp(logits[order[rank]] / temperature - candidates.scaledLogSumExp(row));
    }

    @Override
    public Draw draw(int rank) {
      float logit = logits[order[rank]];
      return new Draw(order[rank], Math.min(0, logit - candidates.logSumExp(row)));
    }
  }
}
