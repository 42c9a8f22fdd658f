package io.selftaught.judge.djl.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefillTest {

  @Test
  void commonPieces_countsWholePiecesOnly() {
    assertThat(Prefill.commonPieces(ids(500), ids(500))).isEqualTo(384);
    assertThat(Prefill.commonPieces(ids(500), ids(300))).isEqualTo(256);
    assertThat(Prefill.commonPieces(ids(100), ids(100))).isZero();
  }

  @Test
  void commonPieces_leavesTheLastTokenToRead() {
    assertThat(Prefill.commonPieces(ids(256), ids(256))).isEqualTo(128);
    assertThat(Prefill.commonPieces(ids(257), ids(257))).isEqualTo(256);
  }

  @Test
  void commonPieces_otherBeginning_isNone() {
    assertThat(Prefill.commonPieces(ids(300), IntStream.range(1, 301).toArray())).isZero();
  }

  private static int[] ids(int length) {
    return IntStream.range(0, length).toArray();
  }
}
