package io.selftaught.judge.djl.weights;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Reads untrusted JSON objects, to the letter of the standard. */
final class StrictJson {

  private StrictJson() {}

  /** Takes one member of an object. */
  @FunctionalInterface
  interface Member {

    /**
     * Consumes the value of the member; an {@link IllegalStateException} is reported as bad JSON.
     */
    void read(String name, JsonReader value) throws IOException;
  }

  /**
   * Reads the one object that {@code utf8} consists of.
   *
   * @throws InvalidInputException naming {@code path} if it is anything else or a name occurs twice
   */
  static void readObject(Path path, ByteBuffer utf8, Member member) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
      JsonReader json = new JsonReader(new StringReader(text));
      json.setStrictness(Strictness.STRICT);
      readMembers(json, member);
      if (json.peek() != JsonToken.END_DOCUMENT) {
        throw new IllegalStateException("more text after the object");
      }
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new InvalidInputException(
          "%s: its JSON is corrupt: %s; get it again".formatted(path, e.getMessage()), e);
    }
  }

  private static void readMembers(JsonReader json, Member member) throws IOException {
    Set<String> names = new HashSet<>();
    json.beginObject();
    while (json.hasNext()) {
      String name = json.nextName();
      if (!names.add(name)) {
        throw new IllegalStateException(name + " occurs twice");
      }
      member.read(name, json);
    }
    json.endObject();
  }
}
