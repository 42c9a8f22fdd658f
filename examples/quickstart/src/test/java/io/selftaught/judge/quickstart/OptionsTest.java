package io.selftaught.judge.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void parse_nothing_isTheRunOfTheReadme() {
    Options options = Options.parse().orElseThrow();
    assertThat(options.own()).isFalse();
    assertThat(options.size()).isEqualTo(Quickstart.SIZE);
    assertThat(options.run()).isEqualTo(Path.of("target", "quickstart", "micro-1"));
  }

  @Test
  void parse_ownModel_isTakenAsItIs() {
    Options options =
        Options.parse("--model", "m.gguf", "--seed", "7", "--instructions", "9", "--rounds", "1")
            .orElseThrow();
    assertThat(options.own()).isTrue();
    assertThat(options.model()).isEqualTo(Path.of("m.gguf"));
    assertThat(options.run()).isEqualTo(Path.of("target", "quickstart", "own-7"));
    assertThat(options.size()).isEqualTo(new Quickstart.Size(9, 1, 240));
  }

  @Test
  void parse_helpOrWrongValues_runsNothing() {
    assertThat(Options.parse("--help")).isEmpty();
    assertThat(Options.parse("--rounds", "0")).isEmpty();
    assertThat(Options.parse("--rounds", "many")).isEmpty();
  }
}
