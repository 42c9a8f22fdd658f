package io.selftaught.judge.core.select;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {

  @Test
  void of_caseAndPunctuation_areNoDifference() {
    assertThat(Words.of("Don't STOP, Émile – 3.5!"))
        .containsExactly("don", "t", "stop", "émile", "3", "5");
  }

  @Test
  void of_scriptsWithoutSpaces_countCharacters() {
    assertThat(Words.of("東京は big")).containsExactly("東", "京", "は", "big");
  }

  @Test
  void runs_longText_slideByOneWord() {
    assertThat(Words.runs("a b c d", 3)).containsExactly("a b c", "b c d");
  }

  @Test
  void runs_shortOrWordlessText_isOneRun() {
    assertThat(Words.runs("A, b", 3)).containsExactly("a b");
    assertThat(Words.runs(" ?! ", 3)).containsExactly("?!");
  }
}
