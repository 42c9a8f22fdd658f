package io.selftaught.judge.djl.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowsTest {

  @Test
  void capacity_holdsThePositions_andWastesLittle() {
    for (int positions = 1; positions < 20_000; positions++) {
      int capacity = Rows.capacity(positions, 20_000);
      assertThat(capacity).isGreaterThanOrEqualTo(positions);
      assertThat(capacity - positions).isLessThan(Math.max(256, positions / 2));
    }
  }

  @Test
  void capacity_neverExceedsWhatIsNeededInTheEnd_byMuch() {
    for (int most = 1; most < 20_000; most++) {
      int capacity = Rows.capacity(most, most);
      assertThat(capacity).isGreaterThanOrEqualTo(most);
      assertThat(capacity - most).isLessThan(Math.max(32, most));
      assertThat(Rows.capacity(Math.min(most, 100), most)).isLessThanOrEqualTo(capacity);
    }
  }

  /** Samples of equal limits but of all ages run together most of the time. */
  @Test
  void capacity_ofAllAges_areFewPools() {
    assertThat(ages(192)).containsExactly(192);
    assertThat(ages(1024)).containsExactly(256, 512, 768, 1024);
  }

  private static IntStream ages(int most) {
    return IntStream.rangeClosed(1, most).map(age -> Rows.capacity(age, most)).distinct();
  }
}
