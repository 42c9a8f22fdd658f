package io.selftaught.judge.djl.text;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The templates and what transformers renders with them, made by make_chat_renders.py. */
final class TemplateFixtures {

  private TemplateFixtures() {}

  /** Returns a template that is written for the tests, or one of a real model. */
  static String template(String name) {
    boolean own = TemplateFixtures.class.getResource("/templates/" + name + ".jinja") != null;
    return text((own ? "" : "published/") + name + ".jinja");
  }

  static JsonObject json(String name) {
    return JsonParser.parseString(text(name)).getAsJsonObject();
  }

  private static String text(String name) {
    try (InputStream stream = TemplateFixtures.class.getResourceAsStream("/templates/" + name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
