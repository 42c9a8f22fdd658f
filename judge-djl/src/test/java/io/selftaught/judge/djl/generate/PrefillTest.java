package io.selftaught.judge.djl.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefillTest {

  @Test
  void commonPieces_countsWholePiecesOnly() {
    assertThat(Prefill.commonPieces(ids(900), ids(900))).isEqualTo(896);
    assertThat(Prefill.commonPieces(ids(900), ids(600))).isEqualTo(512);
    assertThat(Prefill.commonPieces(ids(128), ids(128))).isZero();
  }

  @Test
  void commonPieces_leavesTheLastTokenToRead() {
    assertThat(Prefill.commonPieces(ids(512), ids(512))).isEqualTo(384);
    assertThat(Prefill.commonPieces(ids(513), ids(513))).isEqualTo(512);
  }

  @Test
  void commonPieces_otherBeginning_isNone() {
    assertThat(Prefill.commonPieces(ids(300), IntStream.range(1, 301).toArray())).isZero();
  }

  private static int[] ids(int length) {
    return IntStream.range(0, length).toArray();
  }
}
