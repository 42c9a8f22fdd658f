package io.selftaught.judge.quickstart.world;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.selftaught.judge.Instruction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/** All families together: where items are drawn from. Immutable. */
public final class World {

  private static final int SAME_FAMILY_PERCENT = 85;

  private final List<Family> families;
  private final Map<String, Family> byName;

  private World(List<Family> families) {
    this.families = List.copyOf(families);
    this.byName = families.stream().collect(toUnmodifiableMap(Family::name, Function.identity()));
  }

  /** Returns the world of the micro model. */
  public static World standard() {
    return new World(
        Stream.of(
                NumberFamilies.all(), LetterFamilies.all(), WordFamilies.all(), FactFamilies.all())
            .flatMap(List::stream)
            .toList());
  }

  /** Returns the families, always in the same order. */
  public List<Family> families() {
    return families;
  }

  /**
   * Returns the family of an item.
   *
   * @throws IllegalArgumentException if the item is not of this world
   */
  public Family familyOf(Item item) {
    Family family = byName.get(item.family());
    if (family == null) {
      throw new IllegalArgumentException("no family is called " + item.family());
    }
    return family;
  }

  /** Draws an item of one side of the world; all families are equally likely. */
  public Item draw(Split split, SplittableRandom random) {
    return draw(Draw.oneOf(families, random), split, random);
  }

  /** Draws an item of one family and one side of the world. */
  public Item draw(Family family, Split split, SplittableRandom random) {
    Item item = family.draw(random);
    while (Split.of(item) != split) {
      item = family.draw(random);
    }
    return item;
  }

  /** Draws another item of the same side with another answer, mostly of the same family. */
  public Item drawRelated(Item item, SplittableRandom random) {
    Split split = Split.of(item);
    Item related;
    do {
      boolean sameFamily = random.nextInt(100) < SAME_FAMILY_PERCENT;
      related = sameFamily ? draw(familyOf(item), split, random) : draw(split, random);
    } while (related.answer().equals(item.answer()));
    return related;
  }

  /** Returns different unlabelled instructions of the training side: the pool to learn from. */
  public List<Instruction> pool(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Set<String> seen = new HashSet<>();
    List<Instruction> pool = new ArrayList<>(size);
    while (pool.size() < size) {
      Item item = draw(Split.TRAINING, random);
      if (seen.add(item.instruction())) {
        pool.add(new Instruction("task-" + (pool.size() + 1), item.instruction(), item.family()));
      }
    }
    return List.copyOf(pool);
  }
}
