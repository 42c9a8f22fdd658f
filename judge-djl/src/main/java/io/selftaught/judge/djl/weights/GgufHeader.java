package io.selftaught.judge.djl.weights;

import io.selftaught.judge.djl.weights.GgufValue.Numbers;
import io.selftaught.judge.djl.weights.GgufValue.Text;
import io.selftaught.judge.djl.weights.GgufValue.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parsed header of a GGUF file.
 *
 * <pre>
 * magic "GGUF"  version:u32  tensors:u64  keys:u64
 * keys x    (name:string  type:u32  value)
 * tensors x (name:string  dimensions:u32  sizes:u64 each, innermost first  type:u32  offset:u64)
 * padding to general.alignment, then the data that the offsets count from
 * </pre>
 */
record GgufHeader(GgufMetadata metadata, Map<String, StoredTensor> tensors) {

  private static final int MAGIC = 0x46554747;
  private static final String ALIGNMENT = "general.alignment";

  /** The largest vocabularies have a few hundred thousand tokens and merges. */
  private static final int MAX_ARRAY = 1 << 24;

  static GgufHeader parse(MappedFile file) {
    return new Parser(file).parse();
  }

  /** Reads one header. */
  private static final class Parser {

    private final MappedFile file;
    private final GgufCursor cursor;

    Parser(MappedFile file) {
      this.file = file;
      this.cursor = new GgufCursor(file);
    }

    GgufHeader parse() {
      checkMagicAndVersion();
      long tensorCount = cursor.readSize("the number of tensors");
      long keyCount = cursor.readSize("the number of keys");
      GgufMetadata metadata = new GgufMetadata(file.path(), readValues(keyCount));
      return new GgufHeader(
          metadata, new GgufTensorTable(file, cursor).read(tensorCount, alignment(metadata)));
    }

    private void checkMagicAndVersion() {
      if (cursor.readInt("the magic number") != MAGIC) {
        throw file.invalid("is not a GGUF file; check the path");
      }
      int version = cursor.readInt("the version");
      if (version != 2 && version != 3) {
        throw file.invalid(
            "has GGUF version %s; versions 2 and 3, little endian, are read: convert it again"
                .formatted(Integer.toUnsignedString(version)));
      }
    }

    private long alignment(GgufMetadata metadata) {
      long alignment = metadata.integer(ALIGNMENT, 32);
      if (Long.bitCount(alignment) != 1 || alignment < 0) {
        throw file.invalid(
            "key %s is %d, not a power of two; the file is corrupt"
                .formatted(ALIGNMENT, alignment));
      }
      return alignment;
    }

    private Map<String, GgufValue> readValues(long count) {
      Map<String, GgufValue> values = new LinkedHashMap<>();
      for (long i = 0; i < count; i++) {
        String key = cursor.readString("the name of key " + i);
        GgufType type = readType(key);
        if (values.put(key, readValue(key, type)) != null) {
          throw file.invalid("has key %s twice; the file is corrupt".formatted(key));
        }
      }
      return values;
    }

    private GgufType readType(String key) {
      int id = cursor.readInt("the type of key " + key);
      return GgufType.of(id)
          .orElseThrow(
              () ->
                  file.invalid(
                      "key %s has the unknown type %s; the file is corrupt or too new"
                          .formatted(key, Integer.toUnsignedString(id))));
    }

    private GgufValue readValue(String key, GgufType type) {
      String what = "the value of key " + key;
      return switch (type) {
        case STRING -> new Text(cursor.readString(what));
        case ARRAY -> readArray(key, what);
        default -> checked(key, new Numbers(type, false, 1, cursor.copyBytes(type.bytes(), what)));
      };
    }

    private GgufValue readArray(String key, String what) {
      GgufType type = readType(key);
      long count = cursor.readSize("the length of key " + key);
      if (count > MAX_ARRAY) {
        throw file.invalid(
            "key %s has %d elements, more than the %d allowed; the file is corrupt"
                .formatted(key, count, MAX_ARRAY));
      }
      return switch (type) {
        case STRING -> new Texts(readStrings(count, what));
        case ARRAY ->
            throw file.invalid("key %s holds arrays of arrays, which are not read".formatted(key));
        default ->
            checked(
                key,
                new Numbers(type, true, (int) count, cursor.copyBytes(count * type.bytes(), what)));
      };
    }

    /** Reads strings one by one: a list grows only as far as the file backs the count. */
    private List<String> readStrings(long count, String what) {
      List<String> strings = new ArrayList<>();
      for (long i = 0; i < count; i++) {
        strings.add(cursor.readString(what));
      }
      return List.copyOf(strings);
    }

    private Numbers checked(String key, Numbers numbers) {
      for (int i = 0; numbers.type() == GgufType.BOOL && i < numbers.count(); i++) {
        if (GgufType.BOOL.integerAt(numbers.values(), i) > 1) {
          throw file.invalid(
              "key %s is neither true nor false; the file is corrupt".formatted(key));
        }
      }
      return numbers;
    }
  }
}
