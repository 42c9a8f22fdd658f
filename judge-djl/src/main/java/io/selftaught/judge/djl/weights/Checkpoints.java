package io.selftaught.judge.djl.weights;

import io.selftaught.judge.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** Opens checkpoints. */
public final class Checkpoints {

  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  private Checkpoints() {}

  /**
   * Returns the tensors of a GGUF file under their Hugging Face names, with the rows in Hugging
   * Face's order and each expert on its own.
   *
   * @throws InvalidInputException if the architecture is another one or a tensor is not known in it
   */
  public static Checkpoint openGguf(GgufFile file) {
    GgufFamily family = GgufFamily.of(file.metadata());
    Map<String, StoredTensor> renamed = new LinkedHashMap<>();
    for (StoredTensor tensor : file.modelTensors().values()) {
      String name = huggingFaceName(file, family, tensor.info().name());
      RowOrder order = family.rowOrder(tensor.info(), file.metadata());
      if (name.contains(GgufFamily.EXPERT)) {
        experts(tensor, name).forEach(expert -> renamed.put(expert.info().name(), expert));
      } else {
        TensorInfo info = tensor.info().renamed(name);
        renamed.put(name, new StoredTensor(info, tensor.file(), tensor.offset(), order));
      }
    }
    return new StoredTensors(file.path(), renamed);
  }

  /** Takes a tensor [experts, rows, columns] apart. */
  private static List<StoredTensor> experts(StoredTensor tensor, String name) {
    TensorInfo all = tensor.info();
    if (all.shape().size() != 3) {
      throw new InvalidInputException(
          "%s: tensor %s has shape %s where experts are [experts, rows, columns]"
              .formatted(tensor.file().path(), all.name(), all.shape()));
    }
    long bytes = all.bytes() / Math.max(1, all.rows());
    return LongStream.range(0, all.rows())
        .mapToObj(
            e -> {
              TensorInfo info =
                  new TensorInfo(
                      name.replace(GgufFamily.EXPERT, Long.toString(e)),
                      all.type(),
                      all.shape().subList(1, 3),
                      bytes);
              return new StoredTensor(
                  info, tensor.file(), tensor.offset() + e * bytes, RowOrder.AS_STORED);
            })
        .toList();
  }

  private static String huggingFaceName(GgufFile file, GgufFamily family, String name) {
    return family
        .huggingFaceName(name)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s: tensor %s is not part of a %s model as known here; use a plain model"
                        .formatted(file.path(), name, family)));
  }

  /**
   * Returns the names of the files that an index of safetensors lists; each is a plain name.
   *
   * @throws InvalidInputException if the index is damaged or leads out of its folder
   */
  public static Set<String> shards(Path index) {
    return new TreeSet<>(SafetensorsIndex.read(index).shards().values());
  }

  /**
   * Opens one safetensors file, such as an adapter.
   *
   * @throws InvalidInputException if the file cannot be read, is truncated or corrupt, or holds a
   *     tensor that is not F32, F16 or BF16
   */
  public static Checkpoint openSafetensors(Path file) {
    return new StoredTensors(file, SafetensorsFile.read(MappedFile.open(file)));
  }

  /**
   * Opens the weights in a Hugging Face folder: {@code model.safetensors}, or the shards that
   * {@code model.safetensors.index.json} lists.
   *
   * @throws InvalidInputException if the folder has neither, or a file of them is not as {@link
   *     #openSafetensors} wants it, or the index and the shards disagree
   */
  public static Checkpoint openDirectory(Path directory) {
    Path single = directory.resolve(SINGLE);
    if (Files.exists(single)) {
      return new StoredTensors(directory, SafetensorsFile.read(MappedFile.open(single)));
    }
    Path index = directory.resolve(INDEX);
    if (Files.exists(index)) {
      return new StoredTensors(directory, SafetensorsIndex.read(index).openShards());
    }
    throw new InvalidInputException(
        "%s has neither %s nor %s; save the model as safetensors, or use a GGUF file"
            .formatted(directory, SINGLE, INDEX));
  }
}
