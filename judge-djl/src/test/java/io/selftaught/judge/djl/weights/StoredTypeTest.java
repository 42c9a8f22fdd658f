package io.selftaught.judge.djl.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against what the Python package gguf decodes; see make_quant_blocks.py. */
class StoredTypeTest {

  private final Checkpoint blocks = Fixtures.rawGguf(Fixtures.reference("weights/quants.gguf"));
  private final Checkpoint f32 =
      Checkpoints.openSafetensors(Fixtures.reference("weights/quants-f32.safetensors"));
  private final Checkpoint bf16 =
      Checkpoints.openSafetensors(Fixtures.reference("weights/quants-bf16.safetensors"));

  @Test
  void fixtures_holdEveryType() {
    assertThat(blocks.names())
        .hasSize(StoredType.values().length)
        .allSatisfy(name -> assertThat(blocks.info(name).type().name()).isEqualTo(name));
  }

  @ParameterizedTest
  @EnumSource
  void decoder_equalsReferenceToTheBit(StoredType type) {
    // Raw bits: 0.0 and -0.0 are told apart.
    assertThat(Fixtures.read(blocks, type.name(), ElementType.F32))
        .isEqualTo(Fixtures.read(f32, type.name(), ElementType.F32));
  }

  @ParameterizedTest
  @EnumSource
  void bf16_equalsReferenceRoundedByTorch(StoredType type) {
    assertThat(Fixtures.halves(blocks, type.name())).isEqualTo(Fixtures.halves(bf16, type.name()));
  }

  @ParameterizedTest
  @EnumSource(names = {"Q4_0", "Q4_1", "Q4_K"})
  void nibbles_timesTheirScales_areWhatIsDecoded(StoredType type) {
    TensorInfo info = blocks.info(type.name());
    int first = (int) info.rowLength();
    int elements = (int) (info.elements() - first);
    ByteBuffer numbers = ByteBuffer.allocate(elements);
    ByteBuffer groups = ByteBuffer.allocate(elements / 32 * 8).order(ByteOrder.nativeOrder());
    blocks.readNibbles(type.name(), 1, info.rows() - 1, numbers, groups);
    assertThat(numbers.hasRemaining() || groups.hasRemaining()).isFalse();
    float[] expected = Fixtures.floats(f32, type.name());
    for (int i = 0; i < elements; i++) {
      int group = i / 32 * 8;
      float found = groups.getFloat(group) * numbers.get(i) + groups.getFloat(group + 4);
      assertThat(numbers.get(i)).isBetween((byte) 0, (byte) 15);
      assertThat(found == expected[first + i] || Float.isNaN(found)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"Q4_0", "Q4_1", "Q4_K"})
  void nibbles_ofOtherTypes_areRefused(StoredType type) {
    ByteBuffer bytes = ByteBuffer.allocate(10_000);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> blocks.readNibbles(type.name(), 0, 1, bytes, bytes))
        .withMessage("%s must be stored in numbers of 4 bits, was in %s", type, type);
  }

  @ParameterizedTest
  @EnumSource
  void secondRow_isReadOnItsOwn(StoredType type) {
    TensorInfo info = blocks.info(type.name());
    float[] all = Fixtures.floats(f32, type.name());
    ByteBuffer destination = ByteBuffer.allocate(all.length * Float.BYTES);

    blocks.read(type.name(), ElementType.F32, 1, 1, destination.position(8));

    assertThat(destination.position()).isEqualTo(8 + (int) info.rowLength() * Float.BYTES);
    float[] row = new float[(int) info.rowLength()];
    destination.position(8).order(ByteOrder.nativeOrder()).asFloatBuffer().get(row);
    assertThat(row).containsExactly(Arrays.copyOfRange(all, row.length, 2 * row.length));
  }
}
