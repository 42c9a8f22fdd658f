package io.selftaught.judge.djl.text;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;
import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes untrusted JSON anew, so that whoever reads it next finds nothing to complain of.
 *
 * <p>The tokenizer library stops the whole process at JSON that it cannot read within a decoder. So
 * it is given what this wrote: there are no bare control characters, no numbers beyond double
 * precision, no deep nesting, no names that occur twice in an object and no text behind the end.
 */
final class NormalJson {

  /** Tokenizers nest some ten levels deep; the library reads 128. */
  private static final int NESTING = 64;

  private NormalJson() {}

  /**
   * Returns the same JSON in plain spelling.
   *
   * @param origin the file it comes from, for messages
   * @throws InvalidInputException if it is not JSON to the letter of the standard
   */
  static String of(String json, String origin) {
    StringWriter text = new StringWriter(json.length());
    try (JsonReader reader = new JsonReader(new StringReader(json));
        JsonWriter writer = new JsonWriter(text)) {
      reader.setStrictness(Strictness.STRICT);
      reader.setNestingLimit(NESTING);
      copy(reader, writer);
    } catch (IOException | IllegalStateException e) {
      throw new InvalidInputException(
          "%s: its JSON is corrupt (%s); get the model's files again"
              .formatted(origin, e.getMessage()),
          e);
    }
    return text.toString();
  }

  private static void copy(JsonReader reader, JsonWriter writer) throws IOException {
    Deque<Set<String>> names = new ArrayDeque<>();
    while (true) {
      switch (reader.peek()) {
        case BEGIN_OBJECT -> {
          reader.beginObject();
          names.push(new HashSet<>());
          writer.beginObject();
        }
        case END_OBJECT -> {
          reader.endObject();
          names.pop();
          writer.endObject();
        }
        case BEGIN_ARRAY -> {
          reader.beginArray();
          writer.beginArray();
        }
        case END_ARRAY -> {
          reader.endArray();
          writer.endArray();
        }
        case NAME -> writer.name(once(reader.nextName(), names.element()));
        case STRING -> writer.value(reader.nextString());
        case NUMBER -> writer.jsonValue(number(reader.nextString()));
        case BOOLEAN -> writer.value(reader.nextBoolean());
        case NULL -> {
          reader.nextNull();
          writer.nullValue();
        }
        case END_DOCUMENT -> {
          return;
        }
      }
    }
  }

  /** Of two members of one name, one reader takes the first and another the last. */
  private static String once(String name, Set<String> known) throws IOException {
    if (!known.add(name)) {
      throw new MalformedJsonException("\"%s\" occurs twice".formatted(name));
    }
    return name;
  }

  private static String number(String literal) throws IOException {
    if (Double.isInfinite(Double.parseDouble(literal))) {
      throw new MalformedJsonException("a number out of range");
    }
    return literal;
  }
}
