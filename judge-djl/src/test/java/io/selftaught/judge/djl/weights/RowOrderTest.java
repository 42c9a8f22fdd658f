package io.selftaught.judge.djl.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RowOrderTest {

  @Test
  void deinterleaved_takesEvenRowsOfEachHeadThenOdd() {
    RowOrder order = RowOrder.deinterleaved(6);
    assertThat(LongStream.range(0, 12).map(order::source))
        .containsExactly(0L, 2L, 4L, 1L, 3L, 5L, 6L, 8L, 10L, 7L, 9L, 11L);
  }
}
