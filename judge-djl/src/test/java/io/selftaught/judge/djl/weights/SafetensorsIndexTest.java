package io.selftaught.judge.djl.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.weights.SafetensorsWriter.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsIndexTest {

  private static final String ONE = "one.safetensors";
  private static final String TWO = "two.safetensors";

  @TempDir private Path folder;

  @BeforeEach
  void writeShards() {
    Tensor tensor = new Tensor(StoredType.F32, List.of(1L), ByteBuffer.allocate(4));
    SafetensorsWriter.write(folder.resolve(ONE), Map.of("a", tensor, "b", tensor));
    SafetensorsWriter.write(folder.resolve(TWO), Map.of("c", tensor));
  }

  @Test
  void shards_areOneCheckpoint() throws IOException {
    index("{\"metadata\":{\"total_size\":12},\"weight_map\":{%s}}", "a", ONE, "b", ONE, "c", TWO);
    assertThat(Checkpoints.openDirectory(folder).names()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void tensorMissingInItsShard_isRefused() throws IOException {
    index("{\"weight_map\":{%s}}", "a", ONE, "b", ONE, "c", TWO, "d", TWO);
    assertRefused("tensor d", TWO);
  }

  @Test
  void tensorThatTheIndexOmits_isRefused() throws IOException {
    index("{\"weight_map\":{%s}}", "a", ONE, "c", TWO);
    assertRefused("tensor b", ONE);
  }

  @Test
  void tensorInAnotherShard_isRefused() throws IOException {
    index("{\"weight_map\":{%s}}", "a", ONE, "b", TWO, "c", TWO);
    assertRefused("tensor b", ONE);
  }

  @Test
  void missingShard_isNamed() throws IOException {
    index("{\"weight_map\":{%s}}", "a", "three.safetensors");
    assertThatThrownBy(() -> Checkpoints.openDirectory(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("three.safetensors");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../one.safetensors", "/etc/passwd", "x/one.safetensors", "..", "", "a\\\\b", "~"})
  void shardOutsideTheFolder_isRefused(String shard) throws IOException {
    index("{\"weight_map\":{%s}}", "a", shard);
    assertRefused("tensor a", "not the name of a file beside it");
  }

  @Test
  void badJson_isRefused() throws IOException {
    for (String json : List.of("", "[]", "{\"weight_map\":3}", "{\"weight_map\":{\"a\":[]}}")) {
      Files.writeString(folder.resolve("model.safetensors.index.json"), json);
      assertRefused("JSON is corrupt");
    }
    index("{\"weight_map\":{%s}}", "a", ONE, "a", ONE);
    assertRefused("a occurs twice");
  }

  private void index(String json, String... namesAndShards) throws IOException {
    StringBuilder map = new StringBuilder();
    for (int i = 0; i < namesAndShards.length; i += 2) {
      map.append(i == 0 ? "" : ",");
      map.append("\"%s\":\"%s\"".formatted(namesAndShards[i], namesAndShards[i + 1]));
    }
    Files.writeString(folder.resolve("model.safetensors.index.json"), json.formatted(map));
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(() -> Checkpoints.openDirectory(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("model.safetensors.index.json")
        .hasMessageContainingAll(parts);
  }
}
