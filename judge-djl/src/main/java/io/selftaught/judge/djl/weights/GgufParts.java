package io.selftaught.judge.djl.weights;

import io.selftaught.judge.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The parts of a GGUF file that was split: {@code model-00001-of-00003.gguf} and so on, beside each
 * other. The first one holds the metadata, each says which one it is.
 */
public final class GgufParts {

  private static final Pattern NAME =
      Pattern.compile("(?<stem>.*)-00001-of-(?<count>\\d{5})\\.gguf", Pattern.DOTALL);

  private GgufParts() {}

  /** Returns the names of all parts, given that of the first one; of a whole file, its own name. */
  public static List<String> names(String first) {
    Matcher matcher = NAME.matcher(first);
    if (!matcher.matches()) {
      return List.of(first);
    }
    int count = Integer.parseInt(matcher.group("count"));
    return IntStream.rangeClosed(1, Math.max(1, count))
        .mapToObj(
            part ->
                String.format(
                    Locale.ROOT, "%s-%05d-of-%05d.gguf", matcher.group("stem"), part, count))
        .toList();
  }

  /** Returns all parts, given the first one; of a whole file, itself. */
  public static List<Path> paths(Path first) {
    return names(String.valueOf(first.getFileName())).stream().map(first::resolveSibling).toList();
  }

  /**
   * Returns the tensors of all parts.
   *
   * @throws InvalidInputException if the file is a part but not the first one, or another part is
   *     missing or not of the same file
   */
  static Map<String, StoredTensor> join(MappedFile file, GgufHeader first) {
    long count = first.metadata().integer("split.count", 1);
    if (count <= 1) {
      return first.tensors();
    }
    List<Path> paths = paths(file.path());
    if (paths.size() != count || first.metadata().integer("split.no") != 0) {
      throw file.invalid(
          "is part %d of %d; name the first part, and keep the names as they were made: NAME-00001-of-%05d.gguf"
              .formatted(first.metadata().integer("split.no") + 1, count, count));
    }
    Map<String, StoredTensor> tensors = new LinkedHashMap<>(first.tensors());
    for (int part = 1; part < paths.size(); part++) {
      addPart(paths.get(part), part, count, tensors);
    }
    long expected = first.metadata().integer("split.tensors.count", tensors.size());
    if (tensors.size() != expected) {
      throw file.invalid(
          "has %d tensors in its parts, not the %d it says; get all parts again"
              .formatted(tensors.size(), expected));
    }
    return Collections.unmodifiableMap(tensors);
  }

  private static void addPart(Path path, int part, long count, Map<String, StoredTensor> tensors) {
    if (!Files.exists(path)) {
      throw new InvalidInputException(
          "%s is missing, which is part %d of %d; put all parts into one folder"
              .formatted(path, part + 1, count));
    }
    MappedFile file = MappedFile.open(path);
    GgufHeader header = GgufHeader.parse(file);
    if (header.metadata().integer("split.no") != part
        || header.metadata().integer("split.count") != count) {
      throw file.invalid(
          "says it is part %d of %d and not part %d of %d; get all parts again"
              .formatted(
                  header.metadata().integer("split.no") + 1,
                  header.metadata().integer("split.count"),
                  part + 1,
                  count));
    }
    header
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (tensors.put(name, tensor) != null) {
                throw file.invalid(
                    "has tensor %s of another part; get all parts again".formatted(name));
              }
            });
  }
}
