package io.selftaught.judge.djl.weights;

import io.selftaught.judge.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the header of a GGUF file from front to back. Every step checks that the file goes on far
 * enough, before anything is allocated. Not safe for use by several threads.
 */
final class GgufCursor {

  /** More than any chat template; what exceeds it is garbage read as a length. */
  private static final int MAX_STRING = 1 << 24;

  private final MappedFile file;
  private final ByteBuffer bytes;

  GgufCursor(MappedFile file) {
    this.file = file;
    this.bytes = file.find(0, Math.min(file.size(), Integer.MAX_VALUE)).orElseThrow();
  }

  int position() {
    return bytes.position();
  }

  int readInt(String what) {
    require(Integer.BYTES, what);
    return bytes.getInt();
  }

  /** Reads an unsigned 32- or 64-bit count or size; what exceeds a signed long is refused. */
  long readSize(String what) {
    require(Long.BYTES, what);
    long value = bytes.getLong();
    if (value < 0) {
      throw file.invalid(
          "%s is %s, which no file can hold; the file is corrupt"
              .formatted(what, Long.toUnsignedString(value)));
    }
    return value;
  }

  /** Reads a length and as many bytes of UTF-8. */
  String readString(String what) {
    long length = readSize("the length of " + what);
    if (length > MAX_STRING) {
      throw file.invalid(
          "%s is %d bytes long, more than the %d allowed; the file is corrupt"
              .formatted(what, length, MAX_STRING));
    }
    ByteBuffer text = copyBytes(length, what);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          "%s: %s is not UTF-8; the file is corrupt".formatted(file.path(), what), e);
    }
  }

  /**
   * Copies the next {@code length} bytes, little endian. A view would keep the whole file mapped
   * for as long as the metadata is of use.
   */
  ByteBuffer copyBytes(long length, String what) {
    require(length, what);
    byte[] copy = new byte[(int) length];
    bytes.get(copy);
    return ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void require(long length, String what) {
    if (length > bytes.remaining()) {
      throw file.invalid(
          "ends within %s (byte %d needs %d more, %d are left); it is truncated or corrupt, get it again"
              .formatted(what, bytes.position(), length, bytes.remaining()));
    }
  }
}
