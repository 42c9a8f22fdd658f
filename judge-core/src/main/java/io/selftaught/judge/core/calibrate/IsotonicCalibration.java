package io.selftaught.judge.core.calibrate;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.Preference;
import io.selftaught.judge.Probabilities;
import io.selftaught.judge.core.data.JsonRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A curve through knots that never falls, for a's share of what is not a tie.
 *
 * <p>Pool adjacent violators: going from left to right, neighbours whose order contradicts a rising
 * curve are replaced by their mean. Every pair is counted a second time with its answers exchanged,
 * so that the curve treats both alike.
 *
 * @param knots with rising x, at least one; the curve is straight between and level beyond them
 */
record IsotonicCalibration(List<Knot> knots) implements Calibration {

  static final String KIND = "isotonic";

  IsotonicCalibration {
    knots = List.copyOf(knots);
    if (knots.isEmpty()) {
      throw new IllegalArgumentException("knots must not be empty");
    }
    for (int i = 1; i < knots.size(); i++) {
      if (knots.get(i).x() <= knots.get(i - 1).x() || knots.get(i).y() < knots.get(i - 1).y()) {
        throw new IllegalArgumentException("knots must rise, but " + knots.get(i) + " does not");
      }
    }
  }

  static IsotonicCalibration fit(List<Observation> observations) {
    if (observations.isEmpty()) {
      throw new IllegalArgumentException("observations must not be empty");
    }
    TreeMap<Double, Block> byShare = new TreeMap<>();
    for (Observation observation : observations) {
      add(byShare, share(observation.said()), target(observation.label()));
      add(byShare, share(observation.said().swapped()), target(observation.label().swapped()));
    }
    List<Block> pooled = new ArrayList<>();
    for (Block next : byShare.values()) {
      Block block = next;
      while (!pooled.isEmpty() && pooled.get(pooled.size() - 1).mean() >= block.mean()) {
        block = pooled.remove(pooled.size() - 1).and(block);
      }
      pooled.add(block);
    }
    double least = 1.0 / (observations.size() + 2);
    return new IsotonicCalibration(pooled.stream().flatMap(b -> b.knots(least).stream()).toList());
  }

  private static void add(TreeMap<Double, Block> blocks, double share, double target) {
    blocks.merge(share, new Block(share, share, target, 1), Block::and);
  }

  private static double target(Preference label) {
    return switch (label) {
      case A -> 1;
      case TIE -> 0.5;
      case B -> 0;
    };
  }

  /** Returns a's share of what is not a tie; an even one if there is nothing else. */
  private static double share(Probabilities said) {
    double either = said.a() + said.b();
    return either == 0 ? 0.5 : said.a() / either;
  }

  @Override
  public Probabilities apply(Probabilities said) {
    // Both from the same curve: 1 - curve(x) would lose what makes a and b alike to rounding.
    double a = curve(share(said));
    double b = curve(share(said.swapped()));
    double either = said.a() + said.b();
    return Probabilities.ofWeights(either * a / (a + b), said.tie(), either * b / (a + b));
  }

  private double curve(double x) {
    Knot before = knots.get(0);
    for (Knot knot : knots) {
      if (x <= knot.x()) {
        double width = knot.x() - before.x();
        double part = width == 0 ? 1 : (x - before.x()) / width;
        return x <= before.x() ? before.y() : before.y() + part * (knot.y() - before.y());
      }
      before = knot;
    }
    return before.y();
  }

  @Override
  public JsonRecord toJson() {
    return JsonRecord.builder()
        .put("kind", KIND)
        .putRecords("knots", knots.stream().map(Knot::toJson).toList())
        .build();
  }

  static IsotonicCalibration of(JsonRecord json) {
    try {
      return new IsotonicCalibration(
          json.records("knots").stream()
              .map(knot -> new Knot(knot.number("x"), knot.number("y")))
              .toList());
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(String.valueOf(e.getMessage()), e);
    }
  }

  /** A point of the curve; both coordinates are probabilities, y neither 0 nor 1. */
  record Knot(double x, double y) {
    Knot {
      if (!(x >= 0 && x <= 1 && y > 0 && y < 1)) {
        throw new IllegalArgumentException(
            "a knot must have x from 0 to 1 and y between 0 and 1, was " + x + ", " + y);
      }
    }

    JsonRecord toJson() {
      return JsonRecord.builder().put("x", x).put("y", y).build();
    }
  }

  /** Observations that share one value of the curve. */
  private record Block(double from, double to, double sum, int count) {

    double mean() {
      return sum / count;
    }

    Block and(Block next) {
      return new Block(from, next.to, sum + next.sum, count + next.count);
    }

    List<Knot> knots(double least) {
      double y = Math.min(1 - least, Math.max(least, mean()));
      return from == to ? List.of(new Knot(from, y)) : List.of(new Knot(from, y), new Knot(to, y));
    }
  }
}
