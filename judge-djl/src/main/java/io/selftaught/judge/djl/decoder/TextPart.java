package io.selftaught.judge.djl.decoder;

import io.selftaught.judge.djl.weights.Checkpoint;
import io.selftaught.judge.djl.weights.ElementType;
import io.selftaught.judge.djl.weights.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The language model in the checkpoint of a model that sees pictures as well. */
final class TextPart implements Checkpoint {

  /** What the text part's names begin with, and what they begin with on their own. */
  private static final Map<String, String> PREFIXES =
      Map.of("language_model.model.", "model.", "model.language_model.", "model.");

  private static final Set<String> OTHER_PARTS =
      Set.of(
          "vision_tower.",
          "multi_modal_projector.",
          "model.vision_tower.",
          "model.multi_modal_projector.");

  private final Checkpoint whole;
  private final Map<String, String> stored;

  private TextPart(Checkpoint whole, Map<String, String> stored) {
    this.whole = whole;
    this.stored = Collections.unmodifiableMap(stored);
  }

  /** Returns the text part of a checkpoint, which is all of it where it has no other. */
  static Checkpoint of(Checkpoint whole) {
    Map<String, String> stored = new TreeMap<>();
    for (String name : whole.names()) {
      if (OTHER_PARTS.stream().noneMatch(name::startsWith)) {
        stored.put(own(name), name);
      }
    }
    return new TextPart(whole, stored);
  }

  private static String own(String name) {
    return PREFIXES.entrySet().stream()
        .filter(prefix -> name.startsWith(prefix.getKey()))
        .map(prefix -> prefix.getValue() + name.substring(prefix.getKey().length()))
        .findFirst()
        .orElse(name);
  }

  private String stored(String name) {
    return stored.getOrDefault(name, name);
  }

  @Override
  public Set<String> names() {
    return stored.keySet();
  }

  @Override
  public TensorInfo info(String name) {
    return whole.info(stored(name));
  }

  @Override
  public void read(
      String name, ElementType target, long firstRow, long rows, ByteBuffer destination) {
    whole.read(stored(name), target, firstRow, rows, destination);
  }

  @Override
  public void readNibbles(
      String name, long firstRow, long rows, ByteBuffer numbers, ByteBuffer groups) {
    whole.readNibbles(stored(name), firstRow, rows, numbers, groups);
  }

  @Override
  public Optional<ByteBuffer> mapped(String name, ElementType target) {
    return whole.mapped(stored(name), target);
  }

  @Override
  public Path path() {
    return whole.path();
  }

  @Override
  public void close() {
    whole.close();
  }
}
