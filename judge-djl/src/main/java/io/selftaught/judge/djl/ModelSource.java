package io.selftaught.judge.djl;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ProgressListener;
import io.selftaught.judge.djl.decoder.DecoderConfigs;
import io.selftaught.judge.djl.hub.Hub;
import io.selftaught.judge.djl.hub.HubId;
import io.selftaught.judge.djl.hub.HubRepository;
import io.selftaught.judge.djl.weights.Checkpoints;
import io.selftaught.judge.djl.weights.GgufParts;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Finds the files of a model that is named by a path or by the id of a hub. */
final class ModelSource {

  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  /** What a tokenizer is made of if it is there. */
  private static final List<String> OPTIONAL =
      List.of("tokenizer_config.json", "chat_template.jinja", "generation_config.json");

  private ModelSource() {}

  /** Returns whether this names something here, or is written like an id of a hub. */
  static boolean knows(String model) {
    return isHere(model) || HubId.isOne(model);
  }

  /**
   * Finds files; those of a hub are fetched.
   *
   * @param hub is asked for only if the model is not here
   */
  static ModelFiles find(String model, Supplier<Hub> hub, ProgressListener listener) {
    if (isHere(model) || !HubId.isOne(model)) {
      return ModelFiles.of(path(model));
    }
    HubId id = HubId.parse(model);
    return id.file().isPresent()
        ? file(id, id.file().get(), hub.get(), listener)
        : directory(id, hub.get(), listener);
  }

  private static ModelFiles file(HubId id, String name, Hub hub, ProgressListener listener) {
    if (!name.endsWith(".gguf")) {
      throw new InvalidInputException(id + " names a file that is not a GGUF file");
    }
    HubRepository repository = open(id, name, hub, listener);
    Path file = repository.file(name);
    GgufParts.names(name).forEach(repository::file);
    repository.complete();
    return ModelFiles.of(file, id.repository() + ":" + name);
  }

  private static ModelFiles directory(HubId id, Hub hub, ProgressListener listener) {
    HubRepository repository = open(id, CONFIG, hub, listener);
    // An architecture that is not known is refused before gigabytes are fetched.
    DecoderConfigs.fromHuggingFace(repository.file(CONFIG));
    repository.file("tokenizer.json");
    OPTIONAL.forEach(repository::findFile);
    if (repository.findFile(WEIGHTS).isEmpty()) {
      Path index =
          repository
              .findFile(INDEX)
              .orElseThrow(
                  () ->
                      new InvalidInputException(
                          "%s has neither %s nor %s; take a repository with safetensors or a GGUF file"
                              .formatted(id, WEIGHTS, INDEX)));
      Checkpoints.shards(index).forEach(repository::file);
    }
    return ModelFiles.of(repository.complete(), id.repository());
  }

  /** Whoever mistyped a path is told that it was taken for an id. */
  private static HubRepository open(HubId id, String file, Hub hub, ProgressListener listener) {
    try {
      return hub.open(id, file, listener);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          "There is no file or directory %s here, and as a model of the hub: %s"
              .formatted(id, e.getMessage()),
          e);
    }
  }

  private static boolean isHere(String model) {
    try {
      return Files.exists(Path.of(model));
    } catch (InvalidPathException e) {
      return false; // on some systems no path has a colon
    }
  }

  private static Path path(String model) {
    try {
      return Path.of(model);
    } catch (InvalidPathException e) {
      throw new InvalidInputException("No path and no model of a hub: " + model, e);
    }
  }
}
