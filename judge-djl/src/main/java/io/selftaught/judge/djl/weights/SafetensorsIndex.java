package io.selftaught.judge.djl.weights;

import com.google.gson.stream.JsonReader;
import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The index of a checkpoint in several safetensors files: which tensor is in which shard.
 *
 * @param path the index file
 * @param shards the file name of the shard of each tensor
 */
record SafetensorsIndex(Path path, Map<String, String> shards) {

  /** Far above the index of the largest models. */
  private static final int MAX_BYTES = 1 << 27;

  /** Plain names only: an index must not lead out of its folder. */
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

  static SafetensorsIndex read(Path path) {
    MappedFile file = MappedFile.open(path);
    if (file.size() > MAX_BYTES) {
      throw file.invalid("has %d bytes, more than an index can have".formatted(file.size()));
    }
    Map<String, String> shards = new LinkedHashMap<>();
    StrictJson.readObject(
        path,
        file.range(0, (int) file.size()),
        (name, json) -> {
          if (name.equals("weight_map")) {
            readMap(path, json, shards);
          } else {
            json.skipValue();
          }
        });
    return new SafetensorsIndex(path, shards);
  }

  private static void readMap(Path path, JsonReader json, Map<String, String> shards)
      throws IOException {
    json.beginObject();
    while (json.hasNext()) {
      String tensor = json.nextName();
      String shard = json.nextString();
      if (!FILE_NAME.matcher(shard).matches()) {
        throw new InvalidInputException(
            "%s: tensor %s is said to be in '%s', which is not the name of a file beside it"
                .formatted(path, tensor, shard));
      }
      if (shards.put(tensor, shard) != null) {
        throw new IllegalStateException(tensor + " occurs twice");
      }
    }
    json.endObject();
  }

  /**
   * Opens all shards and returns their tensors.
   *
   * @throws InvalidInputException if a shard lacks a tensor or has one that the index puts
   *     elsewhere or does not know
   */
  Map<String, StoredTensor> openShards() {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (String shard : new LinkedHashSet<>(shards.values())) {
      Path file = path.resolveSibling(shard);
      for (StoredTensor tensor : SafetensorsFile.read(MappedFile.open(file)).values()) {
        String name = tensor.info().name();
        if (!shard.equals(shards.get(name))) {
          throw disagree(name, "is in %s but the index does not say so".formatted(shard));
        }
        tensors.put(name, tensor);
      }
    }
    for (String name : shards.keySet()) {
      if (!tensors.containsKey(name)) {
        throw disagree(name, "is not in %s as the index says".formatted(shards.get(name)));
      }
    }
    return tensors;
  }

  private InvalidInputException disagree(String tensor, String problem) {
    return new InvalidInputException(
        "%s: tensor %s %s; get the shards and the index again".formatted(path, tensor, problem));
  }
}
