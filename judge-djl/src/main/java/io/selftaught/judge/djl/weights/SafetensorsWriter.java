package io.selftaught.judge.djl.weights;

import static java.util.Objects.requireNonNull;

import com.google.gson.stream.JsonWriter;
import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Writes safetensors files. The bytes depend on the tensors only, not on the order of the map; for
 * names in ASCII they equal those of the reference implementation.
 */
public final class SafetensorsWriter {

  /** Wider types first, so that every tensor is aligned to its elements. */
  private static final Comparator<Map.Entry<String, Tensor>> FILE_ORDER =
      Comparator.comparingInt((Map.Entry<String, Tensor> entry) -> rank(entry.getValue().type()))
          .thenComparing(
              entry -> entry.getKey().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /**
   * A tensor to write.
   *
   * @param type {@link StoredType#F32}, {@link StoredType#F16} or {@link StoredType#BF16}
   * @param shape its dimensions, outermost first
   * @param data its elements, little endian, from the buffer's position to its limit; the buffer is
   *     not copied and its position stays
   */
  public record Tensor(StoredType type, List<Long> shape, ByteBuffer data) {

    /**
     * Copies the shape.
     *
     * @throws IllegalArgumentException if the type is another one or the sizes do not match
     */
    public Tensor {
      requireNonNull(data, "data");
      shape = List.copyOf(shape);
      rank(type);
      OptionalLong elements = TensorLayout.elements(shape);
      if (elements.isEmpty() || data.remaining() != elements.getAsLong() * type.blockBytes()) {
        throw new IllegalArgumentException(
            "data must be the elements of shape %s as %s, had %d bytes"
                .formatted(shape, type, data.remaining()));
      }
    }

    /** Returns a tensor of numbers, from the buffer's position to its limit, as bfloat16. */
    public static Tensor bf16(List<Long> shape, FloatBuffer numbers) {
      ByteBuffer data = ByteBuffer.allocate(numbers.remaining() * 2).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = numbers.position(); i < numbers.limit(); i++) {
        data.putShort(Floats.toBf16(numbers.get(i)));
      }
      return new Tensor(StoredType.BF16, shape, data.flip());
    }
  }

  /**
   * Writes a file, or replaces one: it appears complete or not at all.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  public static void write(Path file, Map<String, Tensor> tensors) {
    List<Map.Entry<String, Tensor>> sorted =
        tensors.entrySet().stream().sorted(FILE_ORDER).toList();
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try {
        writeContent(temporary, sorted);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s cannot be written: %s; check the folder, its permissions and the space left"
              .formatted(file, e),
          e);
    }
  }

  private static void writeContent(Path file, List<Map.Entry<String, Tensor>> tensors)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      writeFully(channel, header(tensors));
      for (Map.Entry<String, Tensor> entry : tensors) {
        writeFully(channel, entry.getValue().data().duplicate());
      }
      channel.force(true);
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Returns the length and the JSON, padded with spaces so that the data is aligned. */
  private static ByteBuffer header(List<Map.Entry<String, Tensor>> tensors) throws IOException {
    byte[] json = json(tensors).getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer header = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(padded).put(json);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }

  private static String json(List<Map.Entry<String, Tensor>> tensors) throws IOException {
    StringWriter text = new StringWriter();
    JsonWriter json = new JsonWriter(text);
    json.beginObject();
    json.name("__metadata__").beginObject().name("format").value("pt").endObject();
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors) {
      Tensor tensor = entry.getValue();
      long end = offset + tensor.data().remaining();
      json.name(entry.getKey()).beginObject();
      json.name("dtype").value(tensor.type().name());
      json.name("shape").beginArray();
      for (long dimension : tensor.shape()) {
        json.value(dimension);
      }
      json.endArray();
      json.name("data_offsets").beginArray().value(offset).value(end).endArray();
      json.endObject();
      offset = end;
    }
    json.endObject();
    return text.toString();
  }

  private static int rank(StoredType type) {
    return switch (type) {
      case F32 -> 0;
      case BF16 -> 1;
      case F16 -> 2;
      default -> throw new IllegalArgumentException("type must be F32, F16 or BF16, was " + type);
    };
  }
}
