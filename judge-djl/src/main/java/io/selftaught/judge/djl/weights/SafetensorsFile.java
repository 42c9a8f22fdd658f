package io.selftaught.judge.djl.weights;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the header of a safetensors file.
 *
 * <pre>
 * length:u64 little endian
 * header:length bytes of JSON  {"name": {"dtype": "F32", "shape": [..], "data_offsets": [begin, end]}, ..}
 * data, which the offsets count from
 * </pre>
 *
 * As in the reference implementation the tensors must fill the data without gap or overlap, which
 * also finds truncated files.
 */
final class SafetensorsFile {

  /** The limit of the reference implementation. */
  private static final int MAX_HEADER = 100_000_000;

  private static final String METADATA = "__metadata__";

  private final MappedFile file;
  private final long data;

  private SafetensorsFile(MappedFile file, long data) {
    this.file = file;
    this.data = data;
  }

  /** Returns the tensors by name, in the order of the header. */
  static Map<String, StoredTensor> read(MappedFile file) {
    if (file.size() < Long.BYTES) {
      throw file.invalid("is not a safetensors file: it has %d bytes".formatted(file.size()));
    }
    long length = file.range(0, Long.BYTES).getLong();
    if (length < 0 || length > MAX_HEADER || length > file.size() - Long.BYTES) {
      throw file.invalid(
          "claims a header of %s bytes, which it cannot have; it is truncated or not safetensors"
              .formatted(Long.toUnsignedString(length)));
    }
    ByteBuffer header = file.range(Long.BYTES, (int) length);
    return new SafetensorsFile(file, Long.BYTES + length).readHeader(header);
  }

  private Map<String, StoredTensor> readHeader(ByteBuffer header) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    StrictJson.readObject(
        file.path(),
        header,
        (name, json) -> {
          if (name.equals(METADATA)) {
            json.skipValue();
          } else {
            tensors.put(name, readTensor(name, json));
          }
        });
    checkGapless(tensors.values());
    return tensors;
  }

  private StoredTensor readTensor(String name, JsonReader json) throws IOException {
    String dtype = "";
    List<Long> shape = List.of();
    List<Long> offsets = List.of();
    json.beginObject();
    while (json.hasNext()) {
      switch (json.nextName()) {
        case "dtype" -> dtype = json.nextString();
        case "shape" -> shape = readSizes(json);
        case "data_offsets" -> offsets = readSizes(json);
        default -> throw new IllegalStateException("unknown property at " + json.getPath());
      }
    }
    json.endObject();
    return tensor(name, type(name, dtype), shape, offsets);
  }

  private static List<Long> readSizes(JsonReader json) throws IOException {
    List<Long> sizes = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      if (json.peek() != JsonToken.NUMBER) {
        throw new IllegalStateException("expected a number at " + json.getPath());
      }
      sizes.add(json.nextLong());
    }
    json.endArray();
    return sizes;
  }

  private StoredType type(String name, String dtype) {
    return switch (dtype) {
      case "F32" -> StoredType.F32;
      case "F16" -> StoredType.F16;
      case "BF16" -> StoredType.BF16;
      default ->
          throw file.invalid(
              "tensor %s has dtype '%s', only F32, F16 and BF16 are read; convert the model"
                  .formatted(name, dtype));
    };
  }

  private StoredTensor tensor(String name, StoredType type, List<Long> shape, List<Long> offsets) {
    long bytes = TensorLayout.bytes(file, name, type, shape);
    long room = file.size() - data;
    boolean inside =
        offsets.size() == 2
            && offsets.get(0) >= 0
            && offsets.get(0) <= offsets.get(1)
            && offsets.get(1) <= room;
    if (!inside || offsets.get(1) - offsets.get(0) != bytes) {
      throw file.invalid(
          "tensor %s of %s %s has offsets %s of %d bytes; the file is truncated or corrupt, get it again"
              .formatted(name, type, shape, offsets, room));
    }
    TensorInfo info = new TensorInfo(name, type, shape, bytes);
    return new StoredTensor(info, file, data + offsets.get(0), RowOrder.AS_STORED);
  }

  private void checkGapless(Collection<StoredTensor> tensors) {
    long end = data;
    for (StoredTensor tensor : inFileOrder(tensors)) {
      if (tensor.offset() != end) {
        throw file.invalid(
            "tensor %s starts at byte %d where %d was expected; the file is corrupt"
                .formatted(tensor.info().name(), tensor.offset(), end));
      }
      end += tensor.info().bytes();
    }
    if (end != file.size()) {
      throw file.invalid(
          "its tensors end at byte %d of %d; the file is corrupt".formatted(end, file.size()));
    }
  }

  private static List<StoredTensor> inFileOrder(Collection<StoredTensor> tensors) {
    // Empty tensors start where the next one does; they come first.
    return tensors.stream()
        .sorted(
            Comparator.comparingLong(StoredTensor::offset)
                .thenComparingLong(tensor -> tensor.info().bytes()))
        .toList();
  }
}
