package io.selftaught.judge.quickstart.world;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Draws contests of all the kinds that a judge meets. Who is right, who stands first and who is
 * dressed how are drawn apart, so none tells of another.
 */
final class Contests {

  private enum Kind {
    RIGHT_AND_RELATED,
    RIGHT_AND_MISTAKE,
    BOTH_RIGHT,
    BOTH_WRONG
  }

  private static final Map<Kind, Integer> PERCENT =
      new EnumMap<>(
          Map.of(
              Kind.RIGHT_AND_RELATED, 65,
              Kind.RIGHT_AND_MISTAKE, 25,
              Kind.BOTH_RIGHT, 5,
              Kind.BOTH_WRONG, 5));

  private final World world;

  Contests(World world) {
    this.world = world;
  }

  /** Draws a contest; its two answers are never the same text. */
  Contest draw(Split split, SplittableRandom random) {
    Item item = world.draw(split, random);
    return switch (Draw.weighted(PERCENT, random)) {
      case RIGHT_AND_RELATED -> shown(item, item.answer(), related(item, random), random);
      case RIGHT_AND_MISTAKE ->
          shown(item, item.answer(), Mistake.near(item.answer(), random), random);
      case BOTH_RIGHT -> shown(item, item.answer(), item.answer(), random);
      case BOTH_WRONG ->
          shown(item, related(item, random), Mistake.near(item.answer(), random), random);
    };
  }

  /** Draws a contest in which just one answer is right. */
  Contest drawDecided(Split split, SplittableRandom random) {
    Item item = world.draw(split, random);
    boolean byRelated = random.nextInt(100) < 70;
    String wrong = byRelated ? related(item, random) : Mistake.near(item.answer(), random);
    return shown(item, item.answer(), wrong, random);
  }

  /** The pair of the self-taught loop: the worse answer is a good answer to a related task. */
  private String related(Item item, SplittableRandom random) {
    return world.drawRelated(item, random).answer();
  }

  private static Contest shown(Item item, String one, String other, SplittableRandom random) {
    boolean exchanged = random.nextBoolean();
    Answer a;
    Answer b;
    do {
      a = new Answer(exchanged ? other : one, Dress.draw(random));
      b = new Answer(exchanged ? one : other, Dress.draw(random));
    } while (a.equals(b));
    return new Contest(item, a, b);
  }
}
