package io.selftaught.judge.djl.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.torchscript.HostMemory;
import io.selftaught.judge.djl.weights.Checkpoint;
import io.selftaught.judge.djl.weights.Checkpoints;
import io.selftaught.judge.djl.weights.ElementType;
import io.selftaught.judge.djl.weights.SafetensorsWriter;
import io.selftaught.judge.djl.weights.StoredType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Where a run stands, in a folder {@code checkpoint} beside its result: {@code state.json} says how
 * many steps are done and which file holds the tensors after them. The tensors are written first,
 * under a new name, and the switch of {@code state.json} is atomic, so a killed run finds the old
 * state or the new one.
 */
final class TrainingCheckpoint {

  private static final String STATE = "state.json";

  private final Path directory;
  private final String fingerprint;

  /**
   * Looks at the folder beside a result.
   *
   * @param fingerprint of all that decides what the run computes
   */
  TrainingCheckpoint(Path result, String fingerprint) {
    this.directory = result.resolve("checkpoint");
    this.fingerprint = fingerprint;
  }

  /** Returns the fingerprint of settings and of sequences that are learnt from. */
  static String fingerprint(List<String> settings, List<TrainingSequence> sequences) {
    Hasher hasher = Hashing.sha256().newHasher();
    for (String setting : settings) {
      hasher.putString(setting, StandardCharsets.UTF_8).putByte((byte) 0);
    }
    for (TrainingSequence sequence : sequences) {
      hasher.putInt(sequence.length()).putInt(sequence.completionStart());
      sequence.ids().forEach(hasher::putInt);
    }
    return hasher.hash().toString();
  }

  /** How far the run has come; a run that has not begun stands at step 0. */
  record State(int step, boolean finished) {}

  /**
   * Returns where the run stands.
   *
   * @throws InvalidInputException if the folder is damaged or belongs to another run
   */
  State read() {
    Path file = directory.resolve(STATE);
    if (!Files.exists(file)) {
      return new State(0, false);
    }
    try {
      JsonObject json =
          JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8)).getAsJsonObject();
      if (!json.get("fingerprint").getAsString().equals(fingerprint)) {
        throw new InvalidInputException(
            "%s was made from other examples, settings or another model; choose another directory, or delete this one to start anew"
                .formatted(directory.getParent()));
      }
      return new State(json.get("step").getAsInt(), json.get("finished").getAsBoolean());
    } catch (IOException | RuntimeException e) {
      throw e instanceof InvalidInputException invalid
          ? invalid
          : new InvalidInputException(
              "%s is damaged: %s; delete %s to start anew".formatted(file, e, directory), e);
    }
  }

  /**
   * Hands out what a run starts from.
   *
   * @param initial the tensors of a run that has not begun; of another one those it left are read
   * @param run is given them, and must not keep them
   */
  void resume(State state, TensorSource initial, Consumer<TensorSource> run) {
    if (state.step() == 0) {
      run.accept(initial);
      return;
    }
    try (Checkpoint stored = Checkpoints.openSafetensors(tensors(state.step()))) {
      run.accept(source(stored));
    }
  }

  private static TensorSource source(Checkpoint checkpoint) {
    return (name, shape, bytes) -> {
      if (!checkpoint.info(name).shape().equals(sizes(shape))) {
        throw new InvalidInputException(
            "%s: tensor %s has shape %s, not %s; delete its folder to start anew"
                .formatted(checkpoint.path(), name, checkpoint.info(name).shape(), shape));
      }
      checkpoint.read(name, ElementType.F32, bytes);
    };
  }

  /** Writes the tensors after so many steps. */
  void save(int step, Map<String, NDArray> tensors) {
    create(directory);
    Map<String, SafetensorsWriter.Tensor> stored = new TreeMap<>();
    tensors.forEach(
        (name, array) ->
            stored.put(
                name,
                new SafetensorsWriter.Tensor(
                    StoredType.F32, sizes(array.getShape()), HostMemory.bytes(array))));
    SafetensorsWriter.write(tensors(step), stored);
    write(new State(step, false));
    deleteAllBut(List.of(tensors(step)));
  }

  /** Notes that the result has been written; what was kept to continue is deleted. */
  void finish(int step) {
    create(directory);
    write(new State(step, true));
    deleteAllBut(List.of());
  }

  private void write(State state) {
    JsonObject json = new JsonObject();
    json.addProperty("fingerprint", fingerprint);
    json.addProperty("step", state.step());
    json.addProperty("finished", state.finished());
    Path part = directory.resolve(STATE + ".tmp");
    try {
      Files.writeString(part, json + "\n", StandardCharsets.UTF_8);
      Files.move(part, directory.resolve(STATE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }

  private void deleteAllBut(List<Path> kept) {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".safetensors")).toList()) {
        if (!kept.contains(file)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }

  private Path tensors(int step) {
    return directory.resolve("step-" + step + ".safetensors");
  }

  private static List<Long> sizes(Shape shape) {
    return LongStream.of(shape.getShape()).boxed().toList();
  }

  /** Makes sure that a folder is there. */
  static void create(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }

  private static InvalidInputException unwritable(Path directory, IOException e) {
    return new InvalidInputException(
        "%s cannot be written to: %s; check its permissions and the space left"
            .formatted(directory, e),
        e);
  }
}
