package io.selftaught.judge.quickstart;

import io.selftaught.judge.core.SelfTraining;
import io.selftaught.judge.core.SelfTrainingReport;
import io.selftaught.judge.core.eval.Rate;
import io.selftaught.judge.djl.DjlModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The quickstart's figures: five runs that share nothing but the seed model, and five controls with
 * shuffled labels. Takes a folder for them.
 */
public final class FiveSeeds {

  private static final int SEEDS = 5;

  /** The 97.5th percentile of Student's t with four degrees of freedom. */
  private static final double T = 2.776;

  private FiveSeeds() {}

  /** Runs all and prints a table in Markdown. */
  public static void main(String[] args) {
    Path out = Path.of(args[0]);
    System.out.println("| labels | seed | seed judge | after three rounds | seconds |");
    System.out.println("|---|---|---|---|---|");
    try (DjlModel model = DjlModel.load(MicroModel.unpack(out.resolve("model")))) {
      for (boolean shuffled : new boolean[] {false, true}) {
        List<Double> gains = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
          gains.add(run(model, seed, shuffled, out));
        }
        printGain(shuffled, gains);
      }
    }
  }

  /** Returns the gain in points. */
  private static double run(DjlModel model, long seed, boolean shuffled, Path out) {
    long start = System.nanoTime();
    SelfTraining.Builder loop = Quickstart.loop(model, seed);
    if (shuffled) {
      loop.pairGenerator(new ShuffledLabels(Quickstart.pairs(model)));
    }
    SelfTrainingReport report =
        Quickstart.run(loop, Quickstart.SIZE, seed, out.resolve(name(shuffled) + "-" + seed));
    Rate before = report.seedValidation().orElseThrow().accuracy();
    Rate after =
        report.rounds().get(Quickstart.SIZE.rounds() - 1).validation().orElseThrow().accuracy();
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %s | %s | %.0f |%n",
        name(shuffled),
        seed,
        before,
        after,
        (System.nanoTime() - start) / 1e9);
    return 100 * (after.value().orElseThrow() - before.value().orElseThrow());
  }

  private static void printGain(boolean shuffled, List<Double> gains) {
    double mean = gains.stream().mapToDouble(g -> g).average().orElseThrow();
    double squares = gains.stream().mapToDouble(g -> (g - mean) * (g - mean)).sum();
    double half = T * Math.sqrt(squares / (SEEDS - 1) / SEEDS);
    System.out.printf(
        Locale.ROOT,
        "%n%s labels: %+.1f points (95%% interval %+.1f to %+.1f)%n%n",
        name(shuffled),
        mean,
        mean - half,
        mean + half);
  }

  private static String name(boolean shuffled) {
    return shuffled ? "shuffled" : "constructed";
  }
}
