package io.selftaught.judge.djl.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.Device;
import io.selftaught.judge.djl.NativeFootprint;
import io.selftaught.judge.djl.weights.Checkpoint;
import io.selftaught.judge.djl.weights.ElementType;
import io.selftaught.judge.djl.weights.StoredType;
import io.selftaught.judge.djl.weights.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is closed is freed, and what runs for long does not grow: read off the process itself. */
class NativeMemoryTest {

  /** About 25 MiB of weights. */
  private static final DecoderConfig CONFIG =
      new DecoderConfig(
          Family.LLAMA,
          4000,
          512,
          1024,
          8,
          4,
          64,
          2048,
          1e-5,
          true,
          0,
          List.of(Rotary.unscaled(10_000, 64)),
          Collections.nCopies(2, new DecoderConfig.Layer(0, false, false)),
          DecoderConfig.Scales.plain(64),
          DecoderConfig.Experts.NONE);

  @ParameterizedTest
  @EnumSource(Quantisation.class)
  void close_repeatedly_freesWeightsAndCaches(Quantisation quantisation) throws IOException {
    assumeThat(NativeFootprint.isKnown()).isTrue();
    loadRunAndClose(10, quantisation);
    long before = NativeFootprint.mebibytes();
    loadRunAndClose(20, quantisation);
    // Twenty leaks of the weights alone would be 500 MiB.
    assertThat(NativeFootprint.mebibytes() - before).isLessThan(100);
  }

  @Test
  void step_manyPrompts_keepsMemoryFlat() throws IOException {
    assumeThat(NativeFootprint.isKnown()).isTrue();
    try (DecoderWeights weights = weights(Quantisation.NONE);
        LoraWeights none = LoraWeights.none(weights);
        Decoder decoder = Decoder.of(weights, none)) {
      read(decoder, 20);
      long before = NativeFootprint.mebibytes();
      read(decoder, 300);
      // 300 leaks of a prompt's keys and values would be 300 MiB.
      assertThat(NativeFootprint.mebibytes() - before).isLessThan(100);
    }
  }

  private static void loadRunAndClose(int times, Quantisation quantisation) {
    for (int i = 0; i < times; i++) {
      try (DecoderWeights weights = weights(quantisation);
          LoraWeights none = LoraWeights.none(weights);
          Decoder decoder = Decoder.of(weights, none)) {
        read(decoder, 1);
      }
    }
  }

  private static void read(Decoder decoder, int prompts) {
    for (int prompt = 0; prompt < prompts; prompt++) {
      int[] ids = new int[500];
      Runs.prefill(decoder, prompt, ids, 500);
      decoder.reserve(512, 1);
      decoder.fill(512, 0, prompt);
      Runs.step(decoder, new Runs.Row(1, 512, prompt, ids.length, 0, false));
      decoder.free(512);
      decoder.release(prompt);
    }
  }

  private static DecoderWeights weights(Quantisation quantisation) {
    return DecoderWeights.load(
        new Zeros(), CONFIG, new Precision(ElementType.BF16, quantisation), Device.cpu());
  }

  /** A checkpoint of {@link #CONFIG}'s shape that costs nothing. */
  private static final class Zeros implements Checkpoint {
    private final Map<String, TensorInfo> infos = new LinkedHashMap<>();

    Zeros() {
      for (Stack stack : Stacks.of(CONFIG)) {
        for (Stack.Part part : stack.parts()) {
          infos.put(part.name(), new TensorInfo(part.name(), StoredType.BF16, part.shape(), 0));
        }
      }
    }

    @Override
    public Set<String> names() {
      return infos.keySet();
    }

    @Override
    public TensorInfo info(String name) {
      return infos.get(name);
    }

    @Override
    public void read(
        String name, ElementType target, long firstRow, long rows, ByteBuffer destination) {
      destination.put(new byte[(int) (rows * info(name).rowLength() * target.bytes())]);
    }

    @Override
    public void readNibbles(
        String name, long firstRow, long rows, ByteBuffer numbers, ByteBuffer groups) {
      throw new AssertionError(name);
    }

    @Override
    public Optional<ByteBuffer> mapped(String name, ElementType target) {
      return Optional.empty();
    }

    @Override
    public Path path() {
      return Path.of("zeros");
    }

    @Override
    public void close() {}
  }
}
