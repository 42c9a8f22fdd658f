package io.selftaught.judge.core.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Strengths out of games (Bradley and Terry 1952), a tie counting as half a win for each.
 *
 * <p>Fitted by minorisation-maximisation (Hunter 2004): with p the exponential of a strength, each
 * candidate's p becomes its points divided by the sum of {@code 1 / (p + p of the other)} over its
 * games, until nothing moves. Every candidate has also played once, for half a point, against one
 * of strength 0: so the strengths of those who won all or nothing, or never met the rest, are
 * finite too.
 *
 * <p>Games tell only differences: what all strengths have in common is held by those assumed games
 * alone, however many others there are. So strengths are given as distances from their mean, and
 * their covariance is that of these distances: {@code (I - 11'/n) C (I - 11'/n)}, with C the
 * inverse of the negative Hessian of the log-likelihood, assumed games included. The intervals then
 * narrow with the root of the number of games.
 */
public final class BradleyTerry {

  private static final double NORMAL_95 = 1.959963984540054;
  private static final double TOLERANCE = 1e-12;
  private static final int MOST_ROUNDS = 100_000;

  private BradleyTerry() {}

  /**
   * Returns the strengths of candidates, by their indexes. Their mean is 0.
   *
   * @param candidates how many there are, at least 1
   * @throws IllegalArgumentException if there is none, or a game names another one
   */
  public static List<Strength> fit(int candidates, List<Game> games) {
    if (candidates < 1) {
      throw new IllegalArgumentException("candidates must be at least 1, was " + candidates);
    }
    double[] points = new double[candidates];
    double[][] met = new double[candidates][candidates];
    for (Game game : games) {
      if (Math.max(game.a(), game.b()) >= candidates) {
        throw new IllegalArgumentException(
            "games must be among %d candidates, one was %s".formatted(candidates, game));
      }
      points[game.a()] += game.pointsOfA();
      points[game.b()] += 1 - game.pointsOfA();
      met[game.a()][game.b()]++;
      met[game.b()][game.a()]++;
    }
    double[] p = maximise(points, met);
    double[] variances = aboutTheMean(inverse(information(p, met)));
    double mean = Arrays.stream(p).map(Math::log).average().orElseThrow();
    List<Strength> strengths = new ArrayList<>();
    for (int i = 0; i < candidates; i++) {
      double value = Math.log(p[i]) - mean;
      double half = NORMAL_95 * Math.sqrt(variances[i]);
      strengths.add(new Strength(value, value - half, value + half));
    }
    return List.copyOf(strengths);
  }

  private static double[] maximise(double[] points, double[][] met) {
    double[] p = new double[points.length];
    Arrays.fill(p, 1);
    double moved = 1;
    for (int round = 0; round < MOST_ROUNDS && moved > TOLERANCE; round++) {
      moved = 0;
      for (int i = 0; i < p.length; i++) {
        double games = 1 / (p[i] + 1);
        for (int j = 0; j < p.length; j++) {
          games += met[i][j] / (p[i] + p[j]);
        }
        double next = (points[i] + 0.5) / games;
        moved = Math.max(moved, Math.abs(Math.log(next / p[i])));
        p[i] = next;
      }
    }
    return p;
  }

  /** Returns the negative Hessian of the log-likelihood in the strengths. */
  private static double[][] information(double[] p, double[][] met) {
    double[][] information = new double[p.length][p.length];
    for (int i = 0; i < p.length; i++) {
      information[i][i] = p[i] / ((p[i] + 1) * (p[i] + 1));
      for (int j = 0; j < p.length; j++) {
        if (j != i) {
          double curvature = met[i][j] * p[i] * p[j] / ((p[i] + p[j]) * (p[i] + p[j]));
          information[i][i] += curvature;
          information[i][j] = -curvature;
        }
      }
    }
    return information;
  }

  /** Returns the diagonal of {@code (I - 11'/n) C (I - 11'/n)}. */
  private static double[] aboutTheMean(double[][] covariance) {
    double[] means =
        Arrays.stream(covariance)
            .mapToDouble(row -> Arrays.stream(row).sum() / row.length)
            .toArray();
    double mean = Arrays.stream(means).sum() / means.length;
    double[] variances = new double[means.length];
    for (int i = 0; i < means.length; i++) {
      // Rounding may leave a little less than nothing.
      variances[i] = Math.max(0, covariance[i][i] - 2 * means[i] + mean);
    }
    return variances;
  }

  /** Gauss-Jordan without pivoting, which a diagonally dominant matrix does not need. */
  private static double[][] inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] inverse = new double[n][n];
    for (int i = 0; i < n; i++) {
      inverse[i][i] = 1;
    }
    for (int i = 0; i < n; i++) {
      double pivot = matrix[i][i];
      for (int k = 0; k < n; k++) {
        matrix[i][k] /= pivot;
        inverse[i][k] /= pivot;
      }
      for (int j = 0; j < n; j++) {
        double factor = j == i ? 0 : matrix[j][i];
        for (int k = 0; k < n; k++) {
          matrix[j][k] -= factor * matrix[i][k];
          inverse[j][k] -= factor * inverse[i][k];
        }
      }
    }
    return inverse;
  }
}
