package io.selftaught.judge.djl.weights;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.djl.decoder.References;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Published models. The digests are those of the same tensors as the Python package gguf decodes,
 * transformers reorders and torch rounds them: SHA-256 over all in the order of their names.
 */
@Tag("weights")
class RealModelsTest {

  @Test
  void smolLm2_isReadAsByTheReference() {
    try (Checkpoint model = open("smollm2-135m-instruct-q4_1.gguf")) {
      assertThat(countsByType(model))
          .isEqualTo(Map.of(StoredType.Q4_1, 210L, StoredType.Q8_0, 1L, StoredType.F32, 61L));
      assertThat(digest(model, ElementType.F32))
          .isEqualTo("1e7c8a1c726e693f3ef812fec44c0efdf79020fe1e36d5cd8a07e0341da3e3aa");
      assertThat(digest(model, ElementType.BF16))
          .isEqualTo("5d9bacfb6e704b2142088ab0e2548bc0de0a6b3a3179fcde6595ff2a6b30c1ec");
    }
  }

  @Test
  void qwen25Coder_isReadAsByTheReference() {
    try (Checkpoint model = open("qwen2.5-coder-0.5b-instruct.gguf")) {
      assertThat(countsByType(model))
          .isEqualTo(
              Map.of(
                  StoredType.Q5_0, 133L,
                  StoredType.Q4_K, 12L,
                  StoredType.Q6_K, 12L,
                  StoredType.Q8_0, 13L,
                  StoredType.F32, 121L));
      assertThat(digest(model, ElementType.BF16))
          .isEqualTo("ef0a637983620e91eb14ed050065de28def06827be649a01daf21e1564934fe6");
    }
  }

  @Test
  void largerQwen25Coder_isReadAsByTheReference() {
    try (Checkpoint model = open("qwen2.5-coder-1.5b-instruct.gguf")) {
      assertThat(countsByType(model))
          .isEqualTo(Map.of(StoredType.Q4_K, 169L, StoredType.Q6_K, 29L, StoredType.F32, 141L));
      assertThat(digest(model, ElementType.BF16))
          .isEqualTo("38bd2a01c8334dce6eca6fff5dd387350206a44f111c12404e61545b9581865e");
    }
  }

  private static Checkpoint open(String name) {
    return Checkpoints.openGguf(GgufFile.open(References.model(name)));
  }

  private static Map<StoredType, Long> countsByType(Checkpoint model) {
    return model.names().stream().collect(groupingBy(n -> model.info(n).type(), counting()));
  }

  private static String digest(Checkpoint model, ElementType type) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String name : new TreeSet<>(model.names())) {
        ByteBuffer bytes = Fixtures.read(model, name, type);
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
