package io.selftaught.judge.djl.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.selftaught.judge.djl.decoder.Runs.Row;
import io.selftaught.judge.djl.torchscript.HostMemory;
import io.selftaught.judge.djl.weights.Checkpoint;
import io.selftaught.judge.djl.weights.ElementType;
import io.selftaught.judge.djl.weights.StoredType;
import io.selftaught.judge.djl.weights.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A random model in int4 computes what one in fp32 does with the numbers that int4 stands for. */
class Int4WeightsTest {

  /** All of its projections divide into blocks. */
  private static final DecoderConfig CONFIG =
      new DecoderConfig(
          Family.LLAMA,
          300,
          64,
          192,
          4,
          2,
          32,
          256,
          1e-5,
          true,
          0,
          List.of(Rotary.unscaled(10_000, 32)),
          Collections.nCopies(2, new DecoderConfig.Layer(0, false, false)),
          DecoderConfig.Scales.plain(32),
          DecoderConfig.Experts.NONE);

  /**
   * What bf16 scales and inputs and the head in int8 are off by, as a share of the logits' size.
   */
  private static final double TOLERANCE = 0.03;

  private static final int[] IDS = new Random(8).ints(60, 0, CONFIG.vocabSize()).toArray();

  /** In pieces of 60 the matrices are written out first, in pieces of 10 they are not. */
  @ParameterizedTest
  @ValueSource(ints = {10, 60})
  void numbersOf4Bits_areTakenOverAsTheyAre(int piece) {
    Numbers stored = new Numbers(true);
    assertThat(References.distance(logits(stored, Quantisation.INT4, piece), fp32(stored)))
        .isLessThan(TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 60})
  void numbersOfOtherKinds_areRoundedToTheNearest(int piece) {
    Numbers stored = new Numbers(false);
    float[] found = logits(stored, Quantisation.INT4, piece);
    assertThat(References.distance(found, fp32(stored.rounded()))).isLessThan(TOLERANCE);
    assertThat(References.distance(found, fp32(stored))).isGreaterThan(2 * TOLERANCE);
  }

  /** 60 rows would be faster if the matrices were written out. */
  @Test
  void step_rowAmongOthers_givesExactlyWhatItGivesAlone() {
    try (DecoderWeights weights = new Numbers(true).load(Quantisation.INT4)) {
      QuantisedWeightsTest.checkRowsAlone(weights, 60);
    }
  }

  /** The second piece is short enough to be multiplied from 4 bits. */
  @Test
  void prefill_severalPiecesByOneCall_giveExactlyWhatEachGivesByItself() {
    int[] ids = new Random(3).ints(160, 0, CONFIG.vocabSize()).toArray();
    try (DecoderWeights weights = new Numbers(true).load(Quantisation.INT4);
        LoraWeights none = LoraWeights.none(weights);
        Decoder decoder = Decoder.of(weights, none)) {
      assertThat(decoder.stride()).isGreaterThan(160);
      Runs.prefill(decoder, 0, ids, 160);
      Runs.prefill(decoder, 1, ids, Decoder.PIECE);
      assertThat(decoder.promptLogits(0)).isEqualTo(decoder.promptLogits(1));
    }
  }

  @Test
  void text_writtenTokenByToken_isReadAsWhole() {
    Numbers stored = new Numbers(true);
    try (DecoderWeights weights = stored.load(Quantisation.INT4);
        LoraWeights none = LoraWeights.none(weights);
        Decoder decoder = Decoder.of(weights, none)) {
      Runs.prefill(decoder, 0, Arrays.copyOf(IDS, 40), 40);
      decoder.reserve(60, 1);
      decoder.fill(60, 0, 0);
      for (int i = 40; i < 60; i++) {
        Runs.step(decoder, new Row(IDS[i], 60, 0, 40, i - 40, false));
      }
      assertThat(References.distance(decoder.rowLogits(0), fp32(stored))).isLessThan(TOLERANCE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 60})
  void adapter_onNumbersOf4Bits_addsWhatItAddsInFp32(int piece) {
    Numbers stored = new Numbers(true);
    float[] expected = logits(stored, Quantisation.NONE, 60, 1);
    assertThat(References.distance(logits(stored, Quantisation.INT4, piece, 1), expected))
        .isLessThan(TOLERANCE);
    assertThat(References.distance(fp32(stored), expected)).isGreaterThan(10 * TOLERANCE);
  }

  @Test
  void bytes_ofProjections_areFiveEighthsOfTheirNumber() {
    try (DecoderWeights weights = new Numbers(true).load(Quantisation.INT4)) {
      long projections = 0;
      for (NDArray tensor : weights.tensors()) {
        if (tensor.getDataType() == DataType.UINT8) {
          projections += 2 * tensor.size();
        }
      }
      long head = 300 * 64;
      long norms = 5 * 64;
      assertThat(weights.writtenOutBytes()).isEqualTo(projections / 2 * Float.BYTES);
      assertThat(projections).isEqualTo(weights.parameters() - head - norms);
      assertThat(weights.bytes())
          .isEqualTo(
              projections * 5 / 8 + 2 * head + 300 * (2 + Float.BYTES) + norms * Float.BYTES);
    }
  }

  @Test
  void quantise_groups_areSpreadOverTheirLeastAndLargest() {
    try (NativeMemory memory = new NativeMemory();
        NDArray numbers = memory.empty(DataType.UINT8, 2, 32);
        NDArray scales = memory.allocate(ElementType.BF16, 1, 2, 2);
        NDArray rows = memory.allocate(ElementType.F32, 1, 32)) {
      FloatBuffer row = HostMemory.bytes(rows).asFloatBuffer();
      for (int i = 0; i < 32; i++) {
        row.put(i % 2 == 0 ? i * 0.25f - 1 : 0.3f);
      }
      row.put(30, 6.5f); // With it the scale is 0.5, and the zero 3.
      memory.quantiseInt4(rows, numbers, scales, 1);
      byte[] found = Arrays.copyOfRange(numbers.toByteArray(), 32, 64);
      assertThat(found[0]).isZero();
      assertThat(found[1]).isEqualTo((byte) 3);
      assertThat(found[30]).isEqualTo((byte) 15);
      assertThat(found[8]).isEqualTo((byte) 4);
    }
  }

  private static float[] fp32(Numbers stored) {
    return logits(stored, Quantisation.NONE, 60);
  }

  private static float[] logits(Numbers stored, Quantisation quantisation, int piece) {
    return logits(stored, quantisation, piece, 0);
  }

  private static float[] logits(
      Numbers stored, Quantisation quantisation, int piece, double scale) {
    try (DecoderWeights weights = stored.load(quantisation);
        LoraWeights adapter = adapter(scale);
        Decoder decoder = Decoder.of(weights, adapter)) {
      Runs.prefill(decoder, 0, IDS, piece);
      return decoder.promptLogits(0);
    }
  }

  private static LoraWeights adapter(double scale) {
    NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    return new LoraWeights(
        manager,
        scale,
        List.of(
            random(manager, "0.q_proj.A", 4, 64),
            random(manager, "0.q_proj.B", 128, 4),
            random(manager, "1.down_proj.A", 4, 192),
            random(manager, "1.down_proj.B", 64, 4)));
  }

  private static NDArray random(NDManager manager, String name, int rows, int columns) {
    Random random = new Random(name.hashCode());
    float[] numbers = new float[rows * columns];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian() / 4;
    }
    NDArray array = manager.create(numbers, new Shape(rows, columns));
    array.setName("lora." + name);
    return array;
  }

  /** Random numbers in place of a checkpoint. */
  private static final class Numbers implements Checkpoint {

    private final boolean inNibbles;
    private final Map<String, List<Long>> shapes = new HashMap<>();
    private final Map<String, byte[]> numbers = new HashMap<>();
    private final Map<String, float[]> groups = new HashMap<>();
    private final Map<String, float[]> values = new HashMap<>();

    Numbers(boolean inNibbles) {
      this.inNibbles = inNibbles;
      Random random = new Random(4);
      for (Stack stack : Stacks.of(CONFIG)) {
        for (Stack.Part part : stack.parts()) {
          shapes.put(part.name(), part.shape());
          float[] some = new float[(int) part.elements()];
          for (int i = 0; i < some.length; i++) {
            some[i] = part.shape().size() == 1 ? 1 : (float) random.nextGaussian() / 8;
          }
          values.put(part.name(), some);
          if (inNibbles && stack.projection()) {
            draw(part, random);
          }
        }
      }
    }

    private void draw(Stack.Part part, Random random) {
      byte[] drawn = new byte[(int) part.elements()];
      float[] scaled = new float[drawn.length / 16];
      float[] meant = values.get(part.name());
      for (int i = 0; i < drawn.length; i++) {
        int group = i / 32 * 2;
        if (i % 32 == 0) {
          scaled[group] = 0.01f + 0.02f * random.nextFloat();
          scaled[group + 1] = -scaled[group] * (4 + 8 * random.nextFloat());
        }
        drawn[i] = (byte) random.nextInt(16);
        meant[i] = scaled[group] * drawn[i] + scaled[group + 1];
      }
      numbers.put(part.name(), drawn);
      groups.put(part.name(), scaled);
    }

    /** Returns the same with each 32 elements of a projection rounded to 16 steps. */
    Numbers rounded() {
      Numbers result = new Numbers(inNibbles);
      for (Stack stack : Stacks.of(CONFIG)) {
        for (Stack.Part part : stack.parts()) {
          float[] all = result.values.get(part.name());
          for (int first = 0; stack.projection() && first < all.length; first += 32) {
            round(all, first);
          }
        }
      }
      return result;
    }

    private static void round(float[] all, int first) {
      float least = all[first];
      float largest = all[first];
      for (int i = first; i < first + 32; i++) {
        least = Math.min(least, all[i]);
        largest = Math.max(largest, all[i]);
      }
      float step = bf16((largest - least) / 15);
      float zero = bf16(least + 8 * step);
      for (int i = first; i < first + 32; i++) {
        double number = Math.rint((all[i] - zero) / step);
        all[i] = zero + step * (float) Math.max(-8, Math.min(7, number));
      }
    }

    private static float bf16(float number) {
      int bits = Float.floatToRawIntBits(number);
      return Float.intBitsToFloat((bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff0000);
    }

    DecoderWeights load(Quantisation quantisation) {
      return DecoderWeights.load(
          this, CONFIG, new Precision(ElementType.F32, quantisation), Device.cpu());
    }

    @Override
    public Set<String> names() {
      return shapes.keySet();
    }

    @Override
    public TensorInfo info(String name) {
      StoredType type = numbers.containsKey(name) ? StoredType.Q4_1 : StoredType.F32;
      return new TensorInfo(name, type, shapes.get(name), 0);
    }

    @Override
    public void read(
        String name, ElementType target, long firstRow, long rows, ByteBuffer destination) {
      int length = (int) info(name).rowLength();
      destination
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer()
          .put(values.get(name), (int) firstRow * length, (int) rows * length);
    }

    @Override
    public void readNibbles(
        String name, long firstRow, long rows, ByteBuffer bytes, ByteBuffer scaled) {
      int length = (int) info(name).rowLength();
      bytes.put(numbers.get(name), (int) firstRow * length, (int) rows * length);
      scaled
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer()
          .put(groups.get(name), (int) firstRow * length / 16, (int) rows * length / 16);
    }

    @Override
    public Optional<ByteBuffer> mapped(String name, ElementType target) {
      return Optional.empty();
    }

    @Override
    public Path path() {
      return Path.of("random");
    }

    @Override
    public void close() {}
  }
}
