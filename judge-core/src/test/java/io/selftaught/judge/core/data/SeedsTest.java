package io.selftaught.judge.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeedsTest {

  @Test
  void of_sameNames_givesTheSameInEveryRelease() {
    // Computed by hand from the SHA-256 of the little-endian seed, lengths and names.
    assertThat(Seeds.of(7, "annotate", "1", "pair-3")).isEqualTo(-8688203527271927981L);
  }

  @Test
  void of_otherSeedOrNames_givesAnother() {
    assertThat(
            LongStream.of(
                    Seeds.of(7, "ab", "c"),
                    Seeds.of(7, "a", "bc"),
                    Seeds.of(8, "ab", "c"),
                    Seeds.of(7))
                .distinct())
        .hasSize(4);
  }
}
