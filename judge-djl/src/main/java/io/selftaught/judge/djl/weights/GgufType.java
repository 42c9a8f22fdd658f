package io.selftaught.judge.djl.weights;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The types of metadata values in a GGUF file; a type's number there is its ordinal. */
enum GgufType {
  U8(1),
  I8(1),
  U16(2),
  I16(2),
  U32(4),
  I32(4),
  F32(4),
  BOOL(1),
  STRING(0),
  ARRAY(0),
  U64(8),
  I64(8),
  F64(8);

  private final int bytes;

  GgufType(int bytes) {
    this.bytes = bytes;
  }

  static Optional<GgufType> of(int id) {
    return id >= 0 && id < values().length ? Optional.of(values()[id]) : Optional.empty();
  }

  /** Returns the bytes of a value, 0 where they differ from value to value. */
  int bytes() {
    return bytes;
  }

  boolean isInteger() {
    return switch (this) {
      case U8, I8, U16, I16, U32, I32, U64, I64 -> true;
      case F32, F64, BOOL, STRING, ARRAY -> false;
    };
  }

  boolean isReal() {
    return this == F32 || this == F64;
  }

  /** Returns value {@code index} of an integer or BOOL array; a U64 beyond a long is negative. */
  long integerAt(ByteBuffer values, int index) {
    int at = index * bytes;
    return switch (this) {
      case U8, BOOL -> values.get(at) & 0xff;
      case I8 -> values.get(at);
      case U16 -> values.getShort(at) & 0xffff;
      case I16 -> values.getShort(at);
      case U32 -> values.getInt(at) & 0xffffffffL;
      case I32 -> values.getInt(at);
      case U64, I64 -> values.getLong(at);
      case F32, F64, STRING, ARRAY -> throw new AssertionError(this);
    };
  }

  /** Returns value {@code index} of an array of reals. */
  double realAt(ByteBuffer values, int index) {
    return this == F32 ? values.getFloat(index * bytes) : values.getDouble(index * bytes);
  }
}
