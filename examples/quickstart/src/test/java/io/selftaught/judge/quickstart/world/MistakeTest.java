package io.selftaught.judge.quickstart.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MistakeTest {

  private static final World WORLD = World.standard();

  @Property(tries = 2_000)
  void near_anyRightAnswer_isWrongAndNotEmpty(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String right = WORLD.draw(Split.TRAINING, random).answer();
    assertThat(Mistake.near(right, random)).isNotBlank().isNotEqualTo(right);
  }

  @Property
  void near_allPartsTheSame_isStillWrong(@ForAll long seed) {
    assertThat(Mistake.near("2 2 2", new SplittableRandom(seed))).isIn("2 2", "2 2 2 2");
  }
}
