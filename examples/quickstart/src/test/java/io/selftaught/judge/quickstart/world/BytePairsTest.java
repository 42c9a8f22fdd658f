package io.selftaught.judge.quickstart.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.quickstart.world.BytePairs.Merge;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BytePairsTest {

  @Test
  void learn_commonPairs_commonestFirst() {
    assertThat(BytePairs.learn(Map.of("abc", 5L, "bc", 2L), 9, 1))
        .containsExactly(new Merge("b", "c"), new Merge("a", "bc"));
  }

  @Test
  void learn_equallyCommonPairs_goesByTheAlphabet() {
    assertThat(BytePairs.learn(Map.of("xy", 3L, "ab", 3L, "ac", 3L), 2, 1))
        .containsExactly(new Merge("a", "b"), new Merge("a", "c"));
  }

  @Test
  void learn_rarePairs_areLeft() {
    assertThat(BytePairs.learn(Map.of("ab", 5L, "cd", 4L), 9, 5))
        .containsExactly(new Merge("a", "b"));
  }

  @Test
  void learn_repeatedSymbol_mergesFromTheLeft() {
    assertThat(BytePairs.learn(Map.of("aaa", 1L), 9, 1))
        .containsExactly(new Merge("a", "a"), new Merge("aa", "a"));
  }

  @Test
  void learn_beyondAscii_mergesBytes() {
    assertThat(BytePairs.learn(Map.of("é", 1L), 9, 1)).containsExactly(new Merge("Ã", "©"));
  }
}
