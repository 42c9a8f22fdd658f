package io.selftaught.judge.core.data;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import io.selftaught.judge.InvalidInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose fields are read by name and type. Immutable; fields keep their order.
 *
 * <p>Reading a field that is absent or of another type fails with an {@link InvalidInputException}
 * that names the field, what was expected and what was found. A field that is JSON {@code null}
 * counts as absent.
 */
public final class JsonRecord {

  private static final Gson LINE =
      new GsonBuilder().disableHtmlEscaping().setStrictness(Strictness.STRICT).create();
  private static final Gson PRETTY = LINE.newBuilder().setPrettyPrinting().create();

  private final JsonObject json;

  private JsonRecord(JsonObject json) {
    this.json = json;
  }

  /**
   * Returns the record that {@code text} holds.
   *
   * @throws InvalidInputException if it is not one JSON object by the letter of RFC 8259
   */
  public static JsonRecord parse(String text) {
    JsonElement element;
    try {
      element = LINE.fromJson(text, JsonElement.class);
    } catch (JsonParseException e) {
      throw new InvalidInputException("not valid JSON: " + shortReason(e), e);
    }
    if (element == null || !element.isJsonObject()) {
      throw new InvalidInputException("not a JSON object, but " + kind(element));
    }
    return new JsonRecord(element.getAsJsonObject());
  }

  /** Returns a builder without fields. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns whether the field is there and not null. */
  public boolean has(String name) {
    JsonElement element = json.get(name);
    return element != null && !element.isJsonNull();
  }

  /** Returns the names of the fields, in order. */
  public List<String> names() {
    return List.copyOf(json.keySet());
  }

  /** Returns a field that is text. */
  public String text(String name) {
    return asText(name, field(name));
  }

  /** Returns a field that is text, if it is there. */
  public Optional<String> optionalText(String name) {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /** Returns a field that is text or a whole number, as text: what ids are. */
  public String textOrInteger(String name) {
    return field(name) instanceof JsonPrimitive primitive && primitive.isNumber()
        ? Long.toString(integer(name))
        : text(name);
  }

  /** Returns a field that is a whole number. */
  public long integer(String name) {
    JsonPrimitive number = asNumber(name, field(name));
    try {
      return number.getAsBigDecimal().longValueExact();
    } catch (ArithmeticException e) {
      throw new InvalidInputException(
          "field \"" + name + "\" must be a whole number, was " + number, e);
    }
  }

  /** Returns a field that is a number. */
  public double number(String name) {
    return asNumber(name, field(name)).getAsDouble();
  }

  /** Returns a field that is true or false. */
  public boolean flag(String name) {
    JsonElement element = field(name);
    if (!(element instanceof JsonPrimitive primitive) || !primitive.isBoolean()) {
      throw wrongType(name, "true or false", element);
    }
    return primitive.getAsBoolean();
  }

  /** Returns a field that is a record. */
  public JsonRecord record(String name) {
    return asRecord(name, field(name));
  }

  /** Returns a field that is a list of records. */
  public List<JsonRecord> records(String name) {
    return list(name, element -> asRecord(name, element));
  }

  /** Returns a field that is a list of texts. */
  public List<String> texts(String name) {
    return list(name, element -> asText(name, element));
  }

  /** Returns a field that is a record of texts, in order. */
  public Map<String, String> textMap(String name) {
    Map<String, String> map = new LinkedHashMap<>();
    JsonRecord record = record(name);
    record.json.keySet().forEach(key -> map.put(key, record.text(key)));
    return Collections.unmodifiableMap(map);
  }

  /** Returns this record over several lines, for people. */
  public String toPrettyString() {
    return PRETTY.toJson(json);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof JsonRecord other && json.equals(other.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  /** Returns this record as JSON on one line. */
  @Override
  public String toString() {
    return LINE.toJson(json);
  }

  private JsonElement field(String name) {
    if (!has(name)) {
      throw new InvalidInputException("field \"" + name + "\" is missing");
    }
    return json.get(name);
  }

  private <T> List<T> list(String name, Function<JsonElement, T> reader) {
    if (!(field(name) instanceof JsonArray array)) {
      throw wrongType(name, "a list", field(name));
    }
    List<T> list = new ArrayList<>(array.size());
    array.forEach(element -> list.add(reader.apply(element)));
    return Collections.unmodifiableList(list);
  }

  private static String asText(String name, JsonElement element) {
    if (!(element instanceof JsonPrimitive primitive) || !primitive.isString()) {
      throw wrongType(name, "text", element);
    }
    return primitive.getAsString();
  }

  private static JsonPrimitive asNumber(String name, JsonElement element) {
    if (!(element instanceof JsonPrimitive primitive) || !primitive.isNumber()) {
      throw wrongType(name, "a number", element);
    }
    return primitive;
  }

  private static JsonRecord asRecord(String name, JsonElement element) {
    if (!(element instanceof JsonObject object)) {
      throw wrongType(name, "an object", element);
    }
    return new JsonRecord(object);
  }

  private static InvalidInputException wrongType(
      String name, String expected, JsonElement element) {
    return new InvalidInputException(
        "field \"" + name + "\" must be " + expected + ", was " + kind(element));
  }

  private static String kind(@Nullable JsonElement element) {
    if (element == null) {
      return "nothing";
    } else if (element.isJsonObject()) {
      return "an object";
    } else if (element.isJsonArray()) {
      return "a list";
    } else if (element.isJsonNull()) {
      return "null";
    }
    JsonPrimitive primitive = element.getAsJsonPrimitive();
    return primitive.isString() ? "text" : primitive.isNumber() ? "a number" : "true or false";
  }

  /** Gson's messages end in a link to its own troubleshooting page and begin with class names. */
  private static String shortReason(JsonParseException e) {
    String message = String.valueOf(e.getMessage());
    String reason = message.substring(message.lastIndexOf("Exception: ") + 1);
    int end = reason.indexOf("\nSee ");
    return (end < 0 ? reason : reason.substring(0, end)).replaceFirst("^xception: ", "");
  }

  /** Collects fields; not safe for use by several threads. */
  public static final class Builder {
    private final JsonObject json = new JsonObject();

    private Builder() {}

    /** Adds a text. */
    public Builder put(String name, String value) {
      return put(name, new JsonPrimitive(requireNonNull(value, name)));
    }

    /** Adds a whole number. */
    public Builder put(String name, long value) {
      return put(name, new JsonPrimitive(value));
    }

    /**
     * Adds a number.
     *
     * @throws IllegalArgumentException if it is infinite or not a number
     */
    public Builder put(String name, double value) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(name + " must be finite, was " + value);
      }
      return put(name, new JsonPrimitive(value));
    }

    /** Adds true or false. */
    public Builder put(String name, boolean value) {
      return put(name, new JsonPrimitive(value));
    }

    /** Adds a record. */
    public Builder put(String name, JsonRecord value) {
      return put(name, value.json);
    }

    /** Adds a list of records. */
    public Builder putRecords(String name, List<JsonRecord> values) {
      JsonArray array = new JsonArray();
      values.forEach(value -> array.add(value.json));
      return put(name, array);
    }

    /** Adds a list of texts. */
    public Builder putTexts(String name, List<String> values) {
      JsonArray array = new JsonArray();
      values.forEach(array::add);
      return put(name, array);
    }

    /** Adds a record of texts. */
    public Builder putTextMap(String name, Map<String, String> values) {
      JsonObject object = new JsonObject();
      values.forEach(object::addProperty);
      return put(name, object);
    }

    /** Adds all fields of a record. */
    public Builder putAll(JsonRecord values) {
      values.json.asMap().forEach(this::put);
      return this;
    }

    /** Returns the record. */
    public JsonRecord build() {
      return new JsonRecord(json.deepCopy());
    }

    private Builder put(String name, JsonElement value) {
      json.add(requireNonNull(name, "name"), value);
      return this;
    }
  }
}
