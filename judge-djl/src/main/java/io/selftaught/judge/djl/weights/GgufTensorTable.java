package io.selftaught.judge.djl.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and checks the part of a GGUF header that describes the tensors. */
final class GgufTensorTable {

  private static final int MAX_DIMENSIONS = 4;

  /** ggml's names of the types that are not read, by their number there. */
  private static final Map<Integer, String> UNSUPPORTED =
      Map.ofEntries(
          Map.entry(9, "Q8_1"),
          Map.entry(15, "Q8_K"),
          Map.entry(16, "IQ2_XXS"),
          Map.entry(17, "IQ2_XS"),
          Map.entry(18, "IQ3_XXS"),
          Map.entry(19, "IQ1_S"),
          Map.entry(21, "IQ3_S"),
          Map.entry(22, "IQ2_S"),
          Map.entry(24, "I8"),
          Map.entry(25, "I16"),
          Map.entry(26, "I32"),
          Map.entry(27, "I64"),
          Map.entry(28, "F64"),
          Map.entry(29, "IQ1_M"),
          Map.entry(34, "TQ1_0"),
          Map.entry(35, "TQ2_0"),
          Map.entry(39, "MXFP4"),
          Map.entry(40, "NVFP4"));

  private final MappedFile file;
  private final GgufCursor cursor;

  GgufTensorTable(MappedFile file, GgufCursor cursor) {
    this.file = file;
    this.cursor = cursor;
  }

  /** A tensor as the header describes it. */
  private record Entry(TensorInfo info, long offset) {}

  Map<String, StoredTensor> read(long count, long alignment) {
    List<Entry> entries = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      entries.add(readEntry(i, alignment));
    }
    long data = (cursor.position() + alignment - 1) / alignment * alignment;
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Entry entry : entries) {
      checkInside(entry, data);
      StoredTensor tensor =
          new StoredTensor(entry.info(), file, data + entry.offset(), RowOrder.AS_STORED);
      if (tensors.put(entry.info().name(), tensor) != null) {
        throw file.invalid(
            "has tensor %s twice; the file is corrupt".formatted(entry.info().name()));
      }
    }
    TensorLayout.checkDisjoint(file, tensors.values());
    return Collections.unmodifiableMap(tensors);
  }

  private Entry readEntry(long index, long alignment) {
    String name = cursor.readString("the name of tensor " + index);
    List<Long> shape = readShape(name);
    StoredType type = readType(name);
    long offset = cursor.readSize("the offset of tensor " + name);
    if (offset % alignment != 0) {
      throw file.invalid(
          "tensor %s starts at %d, which is not a multiple of %d; the file is corrupt"
              .formatted(name, offset, alignment));
    }
    return new Entry(new TensorInfo(name, type, shape, bytes(name, type, shape)), offset);
  }

  private List<Long> readShape(String name) {
    int dimensions = cursor.readInt("the number of dimensions of tensor " + name);
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
      throw file.invalid(
          "tensor %s has %s dimensions, 1 to %d are possible; the file is corrupt"
              .formatted(name, Integer.toUnsignedString(dimensions), MAX_DIMENSIONS));
    }
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      shape.add(cursor.readSize("a dimension of tensor " + name));
    }
    Collections.reverse(shape);
    return shape;
  }

  private StoredType readType(String name) {
    int id = cursor.readInt("the type of tensor " + name);
    return StoredType.ofGgml(id)
        .orElseThrow(
            () ->
                file.invalid(
                    "tensor %s is stored as %s, which is not read; use a file quantised to one of %s"
                        .formatted(
                            name,
                            UNSUPPORTED.getOrDefault(id, "type " + Integer.toUnsignedString(id)),
                            List.of(StoredType.values()))));
  }

  private long bytes(String name, StoredType type, List<Long> shape) {
    long inner = shape.get(shape.size() - 1);
    boolean wholeBlocks = inner % type.blockElements() == 0;
    // Rows of a vector are single elements, so blocks would straddle them; no converter does that.
    boolean splitRows = shape.size() == 1 && type.blockElements() > 1;
    if (!wholeBlocks || splitRows) {
      throw file.invalid(
          "tensor %s of shape %s cannot be stored as %s; the file is corrupt"
              .formatted(name, shape, type));
    }
    return TensorLayout.bytes(file, name, type, shape);
  }

  private void checkInside(Entry entry, long data) {
    long room = file.size() - data;
    if (entry.info().bytes() > room || entry.offset() > room - entry.info().bytes()) {
      throw file.invalid(
          "tensor %s lies at %d of %d bytes; the file is truncated or corrupt, get it again"
              .formatted(entry.info().name(), data + entry.offset(), file.size()));
    }
  }
}
