package io.selftaught.judge.djl.decoder;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.selftaught.judge.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The keys of a configuration, typed. A key that holds {@code null} counts as absent.
 *
 * <p>The getters throw {@link InvalidInputException}, which names the file and the key, where a
 * value is of another type, and those without a fallback where it is absent.
 */
final class Settings {

  private final Path file;
  private final JsonObject json;

  Settings(Path file, JsonObject json) {
    this.file = file;
    this.json = json;
  }

  /** Returns these with values for keys that are absent; one that holds {@code null} is not. */
  Settings withDefaults(JsonObject defaults) {
    JsonObject all = json.deepCopy();
    defaults.entrySet().stream()
        .filter(entry -> !all.has(entry.getKey()))
        .forEach(entry -> all.add(entry.getKey(), entry.getValue()));
    return new Settings(file, all);
  }

  /** Returns the settings of the same file without any key. */
  Settings nothing() {
    return new Settings(file, new JsonObject());
  }

  boolean present(String key) {
    return json.has(key) && !json.get(key).isJsonNull();
  }

  Optional<Settings> object(String key) {
    if (!present(key)) {
      return Optional.empty();
    }
    if (!json.get(key).isJsonObject()) {
      throw wrong(key, "an object");
    }
    return Optional.of(new Settings(file, json.getAsJsonObject(key)));
  }

  int integer(String key) {
    if (!present(key)) {
      throw lacking(key);
    }
    try {
      return json.get(key).getAsBigDecimal().intValueExact();
    } catch (ArithmeticException | NumberFormatException | UnsupportedOperationException e) {
      throw wrong(key, "an integer");
    }
  }

  int integer(String key, int fallback) {
    return present(key) ? integer(key) : fallback;
  }

  double real(String key) {
    if (!present(key)) {
      throw lacking(key);
    }
    return real(key, json.get(key));
  }

  double real(String key, double fallback) {
    return present(key) ? real(key) : fallback;
  }

  private double real(String key, JsonElement value) {
    try {
      return value.getAsDouble();
    } catch (NumberFormatException | UnsupportedOperationException | IllegalStateException e) {
      throw wrong(key, "made of numbers");
    }
  }

  ImmutableDoubleArray reals(String key) {
    return ImmutableDoubleArray.copyOf(list(key).stream().mapToDouble(value -> real(key, value)));
  }

  String string(String key, String fallback) {
    if (!present(key)) {
      return fallback;
    }
    if (!json.get(key).isJsonPrimitive()) {
      throw wrong(key, "a text");
    }
    return json.get(key).getAsString();
  }

  boolean flag(String key) {
    if (!present(key)) {
      return false;
    }
    if (!json.get(key).isJsonPrimitive() || !json.getAsJsonPrimitive(key).isBoolean()) {
      throw wrong(key, "true or false");
    }
    return json.get(key).getAsBoolean();
  }

  /** Returns the elements of an array. */
  List<JsonElement> list(String key) {
    if (!present(key)) {
      throw lacking(key);
    }
    if (!json.get(key).isJsonArray()) {
      throw wrong(key, "a list");
    }
    return StreamSupport.stream(json.getAsJsonArray(key).spliterator(), false).toList();
  }

  InvalidInputException wrong(String key, String expected) {
    return new InvalidInputException(
        "\"%s\" in %s must be %s, was %s".formatted(key, file, expected, json.get(key)));
  }

  InvalidInputException refused(String what, String remedy) {
    return new InvalidInputException("%s has %s: %s".formatted(file, what, remedy));
  }

  private InvalidInputException lacking(String key) {
    return new InvalidInputException("%s lacks \"%s\"".formatted(file, key));
  }
}
