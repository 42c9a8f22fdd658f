package io.selftaught.judge.djl.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.djl.weights.Checkpoint;
import io.selftaught.judge.djl.weights.Checkpoints;
import io.selftaught.judge.djl.weights.ElementType;
import io.selftaught.judge.djl.weights.SafetensorsWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextPartTest {

  private static final Path GEMMA = References.path("families/gemma3");

  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"language_model.model.", "model.language_model."})
  void load_modelThatSeesPictures_isItsTextPart(String prefix) {
    try (DecoderWeights found = load(write(prefix, "vision_tower.encoder.weight"));
        DecoderWeights text = load(GEMMA.resolve("model.safetensors"))) {
      assertThat(found.tensors()).hasSameSizeAs(text.tensors());
      for (int i = 0; i < text.tensors().size(); i++) {
        NDArray array = text.tensors().get(i);
        assertThat(found.tensors().get(i).toFloatArray())
            .as(array.getName())
            .isEqualTo(array.toFloatArray());
      }
    }
  }

  @Test
  void load_partThatIsNotKnown_isRefused() {
    Path file = write("language_model.model.", "audio_tower.encoder.weight");

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> load(file))
        .withMessageContaining("audio_tower.encoder.weight");
  }

  private static DecoderWeights load(Path file) {
    DecoderConfig config = DecoderConfigs.fromHuggingFace(GEMMA.resolve("config.json"));
    try (Checkpoint checkpoint = Checkpoints.openSafetensors(file)) {
      return DecoderWeights.load(checkpoint, config, ElementType.F32, Device.cpu());
    }
  }

  /** Writes Gemma's tensors below a prefix, with one of another part. */
  private Path write(String prefix, String other) {
    Map<String, SafetensorsWriter.Tensor> tensors = new TreeMap<>();
    try (Checkpoint text = Checkpoints.openDirectory(GEMMA)) {
      for (String name : text.names()) {
        var info = text.info(name);
        ByteBuffer bytes =
            ByteBuffer.allocateDirect((int) info.bytes()).order(ByteOrder.nativeOrder());
        text.read(name, ElementType.BF16, bytes);
        tensors.put(
            name.replaceFirst("^model\\.", prefix),
            new SafetensorsWriter.Tensor(info.type(), info.shape(), bytes.flip()));
      }
      var norm = text.info("model.norm.weight");
      ByteBuffer zeros = ByteBuffer.allocateDirect((int) norm.bytes());
      tensors.put(other, new SafetensorsWriter.Tensor(norm.type(), List.of(32L), zeros));
    }
    Path file = temp.resolve("model.safetensors");
    SafetensorsWriter.write(file, tensors);
    return file;
  }
}
