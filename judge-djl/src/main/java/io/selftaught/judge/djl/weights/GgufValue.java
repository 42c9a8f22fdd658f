package io.selftaught.judge.djl.weights;

import java.nio.ByteBuffer;
import java.util.List;

/** A metadata value of a GGUF file. */
sealed interface GgufValue {

  /** Returns what the value is, for messages. */
  String describe();

  /** One string. */
  record Text(String value) implements GgufValue {
    @Override
    public String describe() {
      return "a string";
    }
  }

  /** An array of strings. */
  record Texts(List<String> values) implements GgufValue {
    @Override
    public String describe() {
      return "an array of strings";
    }
  }

  /**
   * One number or flag, or an array of them, as the file holds them until asked for.
   *
   * @param type of the elements
   * @param array whether the file calls it an array
   * @param count how many there are, 1 unless an array
   * @param values the elements, little endian
   */
  record Numbers(GgufType type, boolean array, int count, ByteBuffer values) implements GgufValue {
    @Override
    public String describe() {
      return (array ? "an array of " : "one ") + type;
    }
  }
}
