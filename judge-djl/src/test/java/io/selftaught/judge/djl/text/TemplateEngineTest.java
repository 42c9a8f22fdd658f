package io.selftaught.judge.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import io.selftaught.judge.InvalidInputException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateEngineTest {

  private static final Gson GSON =
      new GsonBuilder().setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE).create();
  private static final JsonObject REFERENCE = TemplateFixtures.json("expressions.json");
  private static final Map<String, Object> VARIABLES =
      GSON.fromJson(REFERENCE.get("variables"), new TypeToken<Map<String, Object>>() {}.getType());

  /** Jinja2 knows these; here they are refused. */
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "'a' 'b'",
          "'ab' * 2",
          "'%s!' % s",
          "'a-{}'.format(1)",
          "'a b'.title()",
          "'<b>'|e",
          "m|tojson(indent=2)",
          "dict(a=1)");

  /** Here an empty text, Java's way of printing a list, or equal across types. */
  private static final Set<String> DIFFERENT =
      Set.of(
          "none",
          "m.get('z')",
          "m.a.b.c",
          "m.z.y",
          "[1, 'a', true, none]",
          "(1, 2)",
          "m|dictsort",
          "'1' == 1");

  static Stream<JsonElement> expressions() {
    return REFERENCE.getAsJsonArray("expressions").asList().stream();
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void render_expressionOfTheReference_givesWhatJinja2Gives(JsonElement element) {
    JsonObject reference = element.getAsJsonObject();
    String expression = reference.get("expression").getAsString();
    if (UNSUPPORTED.contains(expression)) {
      assertThatThrownBy(() -> render("{{ " + expression + " }}"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("model.gguf: the chat template cannot be rendered");
    } else if (DIFFERENT.contains(expression)) {
      assertThat(render("{{ " + expression + " }}")).isNotNull();
    } else if (reference.has("refused")) {
      assertThatThrownBy(() -> render("{{ " + expression + " }}"))
          .isInstanceOf(InvalidInputException.class);
    } else {
      assertThat(render("{{ " + expression + " }}")).isEqualTo(reference.get("text").getAsString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{% if s %}x ~ endif",
        "{{ s ~ nclosed",
        "{% frobnicate %} ~ frobnicate",
        "{{ s|frob }} ~ frob",
        "{{ s is frob }} ~ frob",
        "{{ frob(1) }} ~ frob",
        "{{ s.frob() }} ~ frob",
        "{{ 'a' + z }} ~ undefined",
        "{{ s[::2] }} ~ s[::2]",
        "{% for x in l recursive %}{% endfor %} ~ recursive",
        "{% for x of l %}{% endfor %} ~ x of l",
        "{% for x in %}{% endfor %} ~ for",
        "{{ 'abc }} ~ nclosed"
      })
  void render_whatIsWrongOrNotSupported_isNamed(String template, String named) {
    assertThatThrownBy(() -> render(template))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("model.gguf")
        .hasMessageContaining(named);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ ''.getClass().forName('java.lang.Runtime') }}",
        "{{ l.getClass() }}",
        "{{ m.put('a', 2) }}",
        "{{ l.add(1) }}",
        "{{ l.clear() }}",
        "{{ ____int3rpr3t3r____.getContext() }}",
        "{{ ____int3rpr3t3r____.render('x') }}",
        "{{ loop.foo }}{% for x in l %}{{ loop.getClass() }}{% endfor %}",
        "{% include 'java/lang/Object.class' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% from 'x' import y %}",
        "{{ s|md5 }}",
        "{{ unixtimestamp() }}",
        "{{ type(s) }}"
      })
  void render_reachesForMoreThanATemplateNeeds_isRefused(String template) {
    assertThatThrownBy(() -> render(template)).isInstanceOf(InvalidInputException.class);
    assertThat(render("{{ m.a }}")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
        "{% for a in range(9999) %}{{ 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' * 9 }}{% endfor %}",
        "{% set ns = namespace(t='x') %}{% for a in range(99) %}{% set ns.t = ns.t ~ ns.t %}"
            + "{% endfor %}{{ ns.t }}",
        "{% macro f(n) %}{{ f(n + 1) }}{% endmacro %}{{ f(0) }}"
      })
  void render_withoutEnd_isStopped(String template) {
    assertThatThrownBy(() -> render(template)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void render_error_isTheEnd() {
    Clock notToBeAsked =
        new Clock() {
          @Override
          public ZoneId getZone() {
            throw new AssertionError("rendering went on");
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            throw new AssertionError("rendering went on");
          }
        };
    String template = "{{ s @ }}{% for x in l %}{{ strftime_now('%Y') }}{% endfor %}";
    assertThatThrownBy(() -> TemplateEngine.render(template, VARIABLES, notToBeAsked, "model.gguf"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("line 1 in `@`");
  }

  @Test
  void render_valueThatLooksLikeATemplate_isPrintedAsItIs() {
    String value = "{{ 1 + 1 }}{% if %}{# #}\u0000\u001b[0m\\n\"'";
    assertThat(
            TemplateEngine.render(
                "{{ v }}|{{ 'a' + v }}|{{ 'a' ~ v }}",
                Map.of("v", value),
                Clock.systemUTC(),
                "model.gguf"))
        .isEqualTo(value + "|a" + value + "|a" + value);
  }

  private static String render(String template) {
    return TemplateEngine.render(template, VARIABLES, Clock.systemUTC(), "model.gguf");
  }
}
