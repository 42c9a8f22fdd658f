package io.selftaught.judge.djl.text;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/**
 * What this package reads itself in a {@code tokenizer.json}: the tokens added to the vocabulary
 * and the highest id. Read as a stream, since the file has some 10 MB.
 *
 * @param addedTokens the tokens that are matched in text before the model splits it
 * @param highestId the highest id that stands for something
 */
record TokenizerJson(List<AddedToken> addedTokens, int highestId) {

  /**
   * A token that is found in text as it stands.
   *
   * @param special whether it is control, not text: skipped when decoding
   */
  record AddedToken(String content, int id, boolean special) {}

  TokenizerJson {
    addedTokens = List.copyOf(addedTokens);
  }

  /**
   * Reads the text of a {@code tokenizer.json}.
   *
   * @param origin the file it comes from, for messages
   * @throws InvalidInputException if it is no JSON or has not the shape of a tokenizer
   */
  static TokenizerJson read(String json, String origin) {
    try (JsonReader reader = new JsonReader(new StringReader(json))) {
      return new Scan(new TokenizerParts(origin)).tokenizer(reader);
    } catch (IOException
        | IllegalStateException
        | UnsupportedOperationException
        | ClassCastException
        | JsonParseException
        | NumberFormatException e) {
      throw new InvalidInputException(
          "%s: not a tokenizer in JSON (%s); get the model's files again"
              .formatted(origin, e.getMessage()),
          e);
    }
  }

  /** One pass over the file. */
  private static final class Scan {

    private final TokenizerParts parts;
    private final List<AddedToken> added = new ArrayList<>();
    private int highest = -1;

    private Scan(TokenizerParts parts) {
      this.parts = parts;
    }

    private TokenizerJson tokenizer(JsonReader reader) throws IOException {
      reader.beginObject();
      while (reader.hasNext()) {
        String name = reader.nextName();
        if (name.equals("added_tokens")) {
          addedTokens(reader);
        } else if (name.equals("model") && reader.peek() == JsonToken.BEGIN_OBJECT) {
          model(reader);
        } else if (TokenizerParts.knows(name)) {
          parts.check(name, JsonParser.parseReader(reader));
        } else {
          reader.skipValue();
        }
      }
      reader.endObject();
      return new TokenizerJson(added, highest);
    }

    private void addedTokens(JsonReader reader) throws IOException {
      reader.beginArray();
      while (reader.hasNext()) {
        AddedToken token = addedToken(reader);
        added.add(token);
        highest = Math.max(highest, token.id());
      }
      reader.endArray();
    }

    private static AddedToken addedToken(JsonReader reader) throws IOException {
      String content = "";
      int id = -1;
      boolean special = false;
      reader.beginObject();
      while (reader.hasNext()) {
        switch (reader.nextName()) {
          case "content" -> content = reader.nextString();
          case "id" -> id = reader.nextInt();
          case "special" -> special = reader.nextBoolean();
          default -> reader.skipValue();
        }
      }
      reader.endObject();
      return new AddedToken(content, id, special);
    }

    private void model(JsonReader reader) throws IOException {
      reader.beginObject();
      while (reader.hasNext()) {
        String name = reader.nextName();
        if (name.equals("vocab")) {
          vocabulary(reader);
        } else if (name.equals("merges") && reader.peek() == JsonToken.BEGIN_ARRAY) {
          reader.skipValue();
        } else {
          parts.checkModel(name, JsonParser.parseReader(reader));
        }
      }
      reader.endObject();
    }

    private void vocabulary(JsonReader reader) throws IOException {
      reader.beginObject();
      while (reader.hasNext()) {
        String unused = reader.nextName();
        highest = Math.max(highest, reader.nextInt());
      }
      reader.endObject();
    }
  }
}
