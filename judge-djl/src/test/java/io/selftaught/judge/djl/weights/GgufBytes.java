package io.selftaught.judge.djl.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes GGUF files byte by byte, also ones that no writer would. */
final class GgufBytes {

  private static final int ALIGNMENT = 32;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Starts a version 3 file. */
  static GgufBytes header(long tensors, long keys) {
    return new GgufBytes().raw("GGUF").u32(3).u64(tensors).u64(keys);
  }

  GgufBytes raw(String ascii) {
    bytes.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  GgufBytes u8(int value) {
    bytes.write(value);
    return this;
  }

  GgufBytes u32(int value) {
    bytes.writeBytes(little(4).putInt(value).array());
    return this;
  }

  GgufBytes u64(long value) {
    bytes.writeBytes(little(8).putLong(value).array());
    return this;
  }

  GgufBytes string(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    u64(utf8.length);
    bytes.writeBytes(utf8);
    return this;
  }

  /** A key and its type; the value comes next. */
  GgufBytes key(String name, GgufType type) {
    return string(name).u32(type.ordinal());
  }

  GgufBytes text(String name, String value) {
    return key(name, GgufType.STRING).string(value);
  }

  GgufBytes count(String name, int value) {
    return key(name, GgufType.U32).u32(value);
  }

  /** The description of a tensor; dimensions innermost first, as in the file. */
  GgufBytes tensor(String name, int type, long offset, long... dimensions) {
    string(name).u32(dimensions.length);
    for (long dimension : dimensions) {
      u64(dimension);
    }
    return u32(type).u64(offset);
  }

  /** Padding to where the data starts, and so many bytes of it: 0, 1, 2, ... */
  GgufBytes data(int count) {
    while (bytes.size() % ALIGNMENT != 0) {
      u8(0);
    }
    for (int i = 0; i < count; i++) {
      u8(i);
    }
    return this;
  }

  /** Writes the file under the folder. */
  Path in(Path folder) {
    try {
      return Files.write(folder.resolve("test.gguf"), bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
