package io.selftaught.judge.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {

  @Test
  void fill_placeholderInsideAValue_isNotExpanded() {
    assertThat(Template.of("{a}|{b}|{a}").fill(Map.of("a", "{b} $1 \\", "b", "{a}")))
        .isEqualTo("{b} $1 \\|{a}|{b} $1 \\");
  }

  @Test
  void fill_bracesThatEncloseNoName_areText() {
    assertThat(Template.of("{\"id\": {a}} {} { a } {1} {a b}").fill(Map.of("a", "x")))
        .isEqualTo("{\"id\": x} {} { a } {1} {a b}");
  }

  @Test
  void fill_missingValue_isNamed() {
    assertThatThrownBy(() -> Template.of("{a} {b}").fill(Map.of("a", "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No value for the placeholder {b}; there are values for [a]");
  }

  @Test
  void fill_valueWithoutPlaceholder_isNamed() {
    assertThatThrownBy(() -> Template.of("{a}").fill(Map.of("a", "x", "c", "y")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The template has no placeholder {c}; it has [a]");
  }

  @Test
  void names_repeatedPlaceholders_appearOnceInOrder() {
    assertThat(Template.of("{b}{a}{b}").names()).containsExactly("b", "a");
  }
}
