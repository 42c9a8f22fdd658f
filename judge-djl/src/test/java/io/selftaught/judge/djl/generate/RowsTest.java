package io.selftaught.judge.djl.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowsTest {

  @Test
  void capacity_holdsThePositions_andWastesLittle() {
    for (int positions = 1; positions < 20_000; positions++) {
      int capacity = Rows.capacity(positions);
      assertThat(capacity).isGreaterThanOrEqualTo(positions);
      assertThat(capacity - positions).isLessThan(Math.max(32, positions));
    }
  }

  @Test
  void capacity_ofAThousandLengths_areFewPools() {
    assertThat(IntStream.rangeClosed(1, 1024).map(Rows::capacity).distinct()).hasSize(11);
  }
}
