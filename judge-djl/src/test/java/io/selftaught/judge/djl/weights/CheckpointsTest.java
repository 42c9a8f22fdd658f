package io.selftaught.judge.djl.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.selftaught.judge.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the tiny models of make_tiny_models.py. */
class CheckpointsTest {

  private static final String QUERY = "model.layers.1.self_attn.q_proj.weight";

  @TempDir private Path folder;

  @Test
  void openGguf_llama_equalsTheSafetensorsThatItWasConvertedFrom() {
    Checkpoint original = Checkpoints.openDirectory(Fixtures.reference("tiny-llama"));
    Checkpoint gguf = openGguf("tiny-llama-gguf/tiny-llama-f32.gguf");

    assertThat(gguf.names()).hasSize(20).isEqualTo(original.names());
    for (String name : original.names()) {
      assertThat(gguf.info(name).name()).isEqualTo(name);
      assertThat(gguf.info(name).shape()).isEqualTo(original.info(name).shape());
      assertThat(Fixtures.floats(gguf, name)).as(name).isEqualTo(Fixtures.floats(original, name));
    }
  }

  @Test
  void openGguf_quantisedLlama_isNearTheOriginal() {
    Checkpoint original = Checkpoints.openDirectory(Fixtures.reference("tiny-llama"));
    Checkpoint gguf = openGguf("tiny-llama-gguf/tiny-llama-q8_0.gguf");

    assertThat(gguf.info(QUERY).type()).isEqualTo(StoredType.Q8_0);
    float[] exact = Fixtures.floats(original, QUERY);
    float[] near = Fixtures.floats(gguf, QUERY);
    for (int i = 0; i < exact.length; i++) {
      // Half a step of 1/127 of the largest weight of a block.
      assertThat(near[i]).isCloseTo(exact[i], offset(0.02f));
    }
  }

  @Test
  void openGguf_rowsOfReorderedTensor_areThoseOfTheWhole() {
    Checkpoint gguf = openGguf("tiny-llama-gguf/tiny-llama-q8_0.gguf");
    TensorInfo info = gguf.info(QUERY);
    ByteBuffer whole = Fixtures.read(gguf, QUERY, ElementType.BF16);
    ByteBuffer parts = ByteBuffer.allocateDirect(whole.capacity());

    gguf.read(QUERY, ElementType.BF16, 0, 5, parts);
    gguf.read(QUERY, ElementType.BF16, 5, info.rows() - 5, parts);

    assertThat(parts.flip()).isEqualTo(whole);
  }

  @Test
  void openDirectory_readsAllShards() {
    Checkpoint qwen = Checkpoints.openDirectory(Fixtures.reference("tiny-qwen2"));

    assertThat(new TreeSet<>(qwen.names()))
        .hasSize(27)
        .contains("lm_head.weight", "model.layers.1.self_attn.k_proj.bias");
    assertThat(qwen.info("lm_head.weight").shape()).containsExactly(296L, 32L);
    assertThat(Fixtures.halves(qwen, "lm_head.weight")).doesNotContain((short) 0x7fc0);
  }

  @Test
  void bf16_widenedToF32_isTheSameNumber() {
    Checkpoint qwen = Checkpoints.openDirectory(Fixtures.reference("tiny-qwen2"));
    float[] floats = Fixtures.floats(qwen, "lm_head.weight");
    short[] halves = Fixtures.halves(qwen, "lm_head.weight");
    for (int i = 0; i < floats.length; i++) {
      assertThat(Float.floatToRawIntBits(floats[i])).isEqualTo(halves[i] << 16);
    }
  }

  @Test
  void mapped_ofSameTypeAndOrder_isTheTensor() {
    Checkpoint llama = Checkpoints.openDirectory(Fixtures.reference("tiny-llama"));
    ByteBuffer view = llama.mapped(QUERY, ElementType.F32).orElseThrow();

    assertThat(view.isDirect()).isTrue();
    assertThat(view.isReadOnly()).isTrue();
    assertThat(view).isEqualTo(Fixtures.read(llama, QUERY, ElementType.F32));
  }

  @Test
  void mapped_ofOtherTypeOrOrder_isEmpty() {
    Checkpoint llama = Checkpoints.openDirectory(Fixtures.reference("tiny-llama"));
    assertThat(llama.mapped(QUERY, ElementType.BF16)).isEmpty();
    Checkpoint gguf = openGguf("tiny-llama-gguf/tiny-llama-f32.gguf");
    assertThat(gguf.mapped(QUERY, ElementType.F32)).isEmpty();
    assertThat(gguf.mapped("model.norm.weight", ElementType.F32)).isPresent();
  }

  @Test
  void missingTensor_isNamedWithTheFile() {
    Checkpoint llama = Checkpoints.openDirectory(Fixtures.reference("tiny-llama"));
    assertThatThrownBy(() -> llama.info("lm_head.weight"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("tiny-llama", "lm_head.weight");
  }

  @Test
  void read_beyondTheRows_isRefused() {
    Checkpoint llama = Checkpoints.openDirectory(Fixtures.reference("tiny-llama"));
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    for (long[] range : new long[][] {{0, 33}, {32, 1}, {-1, 1}, {0, -1}, {1, Long.MAX_VALUE}}) {
      assertThatThrownBy(() -> llama.read(QUERY, ElementType.F32, range[0], range[1], buffer))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll(QUERY, "32", String.valueOf(range[1]));
    }
  }

  @Test
  void read_intoTooSmallBuffer_isRefusedAndWritesNothing() {
    Checkpoint llama = Checkpoints.openDirectory(Fixtures.reference("tiny-llama"));
    ByteBuffer buffer = ByteBuffer.allocate(32 * 32 * 4 - 1);
    assertThatThrownBy(() -> llama.read(QUERY, ElementType.F32, buffer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4096 bytes");
    assertThat(buffer.position()).isZero();
    assertThat(buffer.array()).containsOnly(0);
  }

  @Test
  void read_byInterruptedThread_disturbsNobody() {
    Checkpoint llama = Checkpoints.openDirectory(Fixtures.reference("tiny-llama"));
    float[] before = Fixtures.floats(llama, QUERY);
    Thread.currentThread().interrupt();
    try {
      assertThat(Fixtures.floats(llama, QUERY)).isEqualTo(before);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(Fixtures.floats(llama, QUERY)).isEqualTo(before);
  }

  @Test
  void closed_isSaid() {
    Checkpoint llama = Checkpoints.openDirectory(Fixtures.reference("tiny-llama"));
    llama.close();
    llama.close();
    assertThatThrownBy(llama::names)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void otherArchitecture_isRefused() {
    Path file = GgufBytes.header(0, 1).text("general.architecture", "bert").data(0).in(folder);
    assertThatThrownBy(() -> Checkpoints.openGguf(GgufFile.open(file)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("test.gguf", "bert", "[llama, qwen2,");
  }

  @Test
  void unknownTensor_isRefused() {
    for (String name :
        List.of("blk.0.ssm_in.weight", "blk.00.attn_q.weight", "token_embd.bias", "x")) {
      Path file =
          GgufBytes.header(1, 1)
              .text("general.architecture", "qwen2")
              .tensor(name, 0, 0, 1)
              .data(4)
              .in(folder);
      assertThatThrownBy(() -> Checkpoints.openGguf(GgufFile.open(file)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("test.gguf", "tensor " + name);
    }
  }

  @Test
  void headsThatDoNotDivideTheRows_areRefused() {
    for (int heads : new int[] {0, 2, 3, -1}) {
      Path file =
          GgufBytes.header(1, 2)
              .text("general.architecture", "llama")
              .count("llama.attention.head_count", heads)
              .tensor("blk.0.attn_q.weight", 0, 0, 1, 2)
              .data(8)
              .in(folder);
      assertThatThrownBy(() -> Checkpoints.openGguf(GgufFile.open(file)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("test.gguf", "blk.0.attn_q.weight", "heads");
    }
  }

  @Test
  void qwen2_keepsRowsAndNamesBiases() {
    Path file =
        GgufBytes.header(1, 1)
            .text("general.architecture", "qwen2")
            .tensor("blk.12.attn_q.bias", 0, 0, 4)
            .data(16)
            .in(folder);
    Checkpoint checkpoint = Checkpoints.openGguf(GgufFile.open(file));
    assertThat(checkpoint.names()).containsExactly("model.layers.12.self_attn.q_proj.bias");
    assertThat(checkpoint.mapped("model.layers.12.self_attn.q_proj.bias", ElementType.F32))
        .isPresent();
  }

  @Test
  void folderWithoutWeights_saysWhatIsWanted() {
    assertThatThrownBy(() -> Checkpoints.openDirectory(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(folder.toString(), "model.safetensors", "index.json");
  }

  private static Checkpoint openGguf(String name) {
    return Checkpoints.openGguf(GgufFile.open(Fixtures.reference(name)));
  }
}
