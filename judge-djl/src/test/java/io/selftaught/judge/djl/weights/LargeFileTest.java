package io.selftaught.judge.djl.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of 3 GiB that takes no space: all but a few rows of it are holes. */
class LargeFileTest {

  private static final long ROWS = 3L << 20;
  private static final int COLUMNS = 256;
  private static final long ROW_BYTES = COLUMNS * 4L;

  /** The first, the two around the first GiB, the two around the second, the last. */
  private static final long[] FILLED = {
    0, ROWS / 3 - 1, ROWS / 3, ROWS / 3 * 2 - 1, ROWS / 3 * 2, ROWS - 1
  };

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("large.safetensors");
    byte[] json =
        "{\"large\":{\"dtype\":\"F32\",\"shape\":[%d,%d],\"data_offsets\":[0,%d]}}"
            .formatted(ROWS, COLUMNS, ROWS * ROW_BYTES)
            .getBytes(StandardCharsets.UTF_8);
    EnumSet<StandardOpenOption> sparse =
        EnumSet.of(
            StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE, StandardOpenOption.WRITE);
    try (SeekableByteChannel channel = Files.newByteChannel(file, sparse)) {
      channel.write(little(8).putLong(json.length).flip());
      channel.write(ByteBuffer.wrap(json));
      long data = channel.position();
      for (long row : FILLED) {
        channel.position(data + row * ROW_BYTES);
        channel.write(filled(row + 1));
      }
    }
  }

  @Test
  void rows_areReadAnywhere() {
    Checkpoint checkpoint = Checkpoints.openSafetensors(file);
    for (long row : FILLED) {
      ByteBuffer bytes = ByteBuffer.allocate((int) ROW_BYTES).order(ByteOrder.nativeOrder());
      checkpoint.read("large", ElementType.F32, row, 1, bytes);
      bytes.flip();
      while (bytes.hasRemaining()) {
        assertThat(bytes.getFloat()).isEqualTo(row + 1);
      }
    }
  }

  @Test
  void manyRows_areReadInSeveralViews() {
    Checkpoint checkpoint = Checkpoints.openSafetensors(file);
    int rows = 1 << 17;
    ByteBuffer bytes = ByteBuffer.allocateDirect(rows * COLUMNS * 2).order(ByteOrder.nativeOrder());
    checkpoint.read("large", ElementType.BF16, ROWS - rows, rows, bytes);
    assertThat(bytes.hasRemaining()).isFalse();
    assertThat(bytes.getShort(0)).isZero();
    assertThat(bytes.getShort((rows - 1) * COLUMNS * 2 - 2)).isZero();
    assertThat(bytes.getShort((rows - 1) * COLUMNS * 2)).isEqualTo(Floats.toBf16(ROWS));
  }

  @Test
  void wholeTensor_isNeitherReadNorMapped() {
    Checkpoint checkpoint = Checkpoints.openSafetensors(file);
    assertThat(checkpoint.mapped("large", ElementType.F32)).isEmpty();
    ByteBuffer none = ByteBuffer.allocate(0);
    assertThatThrownBy(() -> checkpoint.read("large", ElementType.F32, none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(ROWS * ROW_BYTES + " bytes");
  }

  private static ByteBuffer filled(float value) {
    ByteBuffer values = little((int) ROW_BYTES);
    for (int i = 0; i < COLUMNS; i++) {
      values.putFloat(value);
    }
    return values.flip();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
