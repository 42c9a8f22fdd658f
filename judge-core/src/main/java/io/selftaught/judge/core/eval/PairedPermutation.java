package io.selftaught.judge.core.eval;

import java.util.Arrays;
import java.util.Random;

/**
 * Whether one judge scores higher than another on the same items, for scores of any kind: the
 * paired permutation test, after Fisher (1935). If the two are equally good, each difference might
 * as well have the other sign. For right and wrong {@link PairedTest} is the same and quicker. Two
 * evaluations are compared by {@link EvaluationReport#permutationWith}.
 */
public final class PairedPermutation {

  /** So many differences have a million choices of signs, which are all tried. */
  private static final int EXACT = 20;

  /** What rounding may add to a sum, so that equal ones count as equal. */
  private static final double SLACK = 1e-12;

  private PairedPermutation() {}

  /**
   * Returns the two-sided probability of a mean difference at least as large. All signs are tried
   * where there are at most 20 differences other than 0; else so many are drawn, and the sample
   * itself is counted among them, so that the result is never 0.
   *
   * @param differences this judge's score less the other's, by item
   * @param samples how many to draw, ≥ 1
   * @param seed the only source of chance
   */
  public static double pValue(double[] differences, int samples, long seed) {
    if (samples < 1) {
      throw new IllegalArgumentException("samples must be at least 1, was " + samples);
    }
    double[] sizes = Arrays.stream(differences).filter(d -> d != 0).map(Math::abs).toArray();
    double scale = Arrays.stream(sizes).sum();
    double observed = Math.abs(Arrays.stream(differences).sum()) - SLACK * scale;
    return sizes.length <= EXACT ? exact(sizes, observed) : drawn(sizes, observed, samples, seed);
  }

  private static double exact(double[] sizes, double observed) {
    long all = 1L << sizes.length;
    long atLeast = 0;
    for (long signs = 0; signs < all; signs++) {
      double sum = 0;
      for (int i = 0; i < sizes.length; i++) {
        sum += (signs >> i & 1) == 0 ? sizes[i] : -sizes[i];
      }
      atLeast += Math.abs(sum) >= observed ? 1 : 0;
    }
    return (double) atLeast / all;
  }

  private static double drawn(double[] sizes, double observed, int samples, long seed) {
    Random chance = new Random(seed);
    long atLeast = 1;
    for (int i = 0; i < samples; i++) {
      double sum = 0;
      for (double size : sizes) {
        sum += chance.nextBoolean() ? size : -size;
      }
      atLeast += Math.abs(sum) >= observed ? 1 : 0;
    }
    return atLeast / (samples + 1.0);
  }
}
