package io.selftaught.judge.djl.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever happens to a file, it is read or refused: no other exception, no huge allocation. */
class CorruptionTest {

  private static final Path GGUF = Fixtures.reference("tiny-llama-gguf/tiny-llama-q8_0.gguf");
  private static final Path QUANTS = Fixtures.reference("weights/quants.gguf");
  private static final Path SAFETENSORS =
      Fixtures.reference("tiny-llama-adapter/adapter_model.safetensors");

  /** A change to a file's bytes. */
  @FunctionalInterface
  interface Damage {
    byte[] to(byte[] bytes);
  }

  @Property(tries = 300)
  void damagedLlamaGguf_isReadOrRefused(@ForAll("damage") Damage damage) throws IOException {
    readOrRefuse(GGUF, damage, path -> Checkpoints.openGguf(GgufFile.open(path)));
  }

  @Property(tries = 300)
  void damagedQuants_areReadOrRefused(@ForAll("damage") Damage damage) throws IOException {
    readOrRefuse(QUANTS, damage, Fixtures::rawGguf);
  }

  @Property(tries = 300)
  void damagedSafetensors_areReadOrRefused(@ForAll("damage") Damage damage) throws IOException {
    readOrRefuse(SAFETENSORS, damage, Checkpoints::openSafetensors);
  }

  @Property(tries = 100)
  void truncatedSafetensors_areRefused(@ForAll("fraction") double fraction) throws IOException {
    byte[] bytes = Files.readAllBytes(SAFETENSORS);
    byte[] shorter = Arrays.copyOf(bytes, (int) (bytes.length * fraction));
    assertThat(isRead(shorter, Checkpoints::openSafetensors)).isFalse();
  }

  @Property(tries = 100)
  void truncatedGguf_isRefused(@ForAll("fraction") double fraction) throws IOException {
    byte[] bytes = Files.readAllBytes(GGUF);
    // The last tensor may be followed by padding, which nothing needs.
    byte[] shorter = Arrays.copyOf(bytes, (int) ((bytes.length - 32) * fraction));
    assertThat(isRead(shorter, path -> Checkpoints.openGguf(GgufFile.open(path)))).isFalse();
  }

  @Provide
  Arbitrary<Double> fraction() {
    return Arbitraries.doubles().between(0, true, 1, false);
  }

  @Provide
  Arbitrary<Damage> damage() {
    // Half of the damage hits the first 256 bytes, where the counts are.
    Arbitrary<Double> where =
        Arbitraries.oneOf(
            Arbitraries.doubles().between(0, true, 1, false),
            Arbitraries.integers().between(0, 255).map(i -> -1.0 - i));
    Arbitrary<Damage> bytes =
        Combinators.combine(where, Arbitraries.bytes().array(byte[].class).ofMaxSize(8))
            .as((at, patch) -> file -> patched(file, at, patch));
    Arbitrary<Damage> cut =
        Arbitraries.doubles()
            .between(0, true, 1, false)
            .map(f -> file -> Arrays.copyOf(file, (int) (file.length * f)));
    return Arbitraries.frequencyOf(Tuple.of(4, bytes), Tuple.of(1, cut));
  }

  private static byte[] patched(byte[] file, double where, byte[] patch) {
    byte[] result = file.clone();
    int at = where < 0 ? (int) (-1 - where) : (int) (where * file.length);
    int length = Math.min(patch.length, result.length - at);
    System.arraycopy(patch, 0, result, at, length);
    return result;
  }

  private static void readOrRefuse(Path original, Damage damage, Function<Path, Checkpoint> open)
      throws IOException {
    byte[] bytes = Files.readAllBytes(original);
    assertThat(isRead(damage.to(bytes), open)).isIn(true, false);
  }

  private static boolean isRead(byte[] bytes, Function<Path, Checkpoint> open) throws IOException {
    Path file = Files.createTempFile("damaged", ".bin");
    try {
      Files.write(file, bytes);
      Checkpoint checkpoint = open.apply(file);
      for (String name : checkpoint.names()) {
        assertThat(checkpoint.info(name).elements()).isLessThanOrEqualTo(4L * bytes.length);
        Fixtures.floats(checkpoint, name);
        Fixtures.halves(checkpoint, name);
      }
      return true;
    } catch (InvalidInputException e) {
      assertThat(e).hasMessageContaining(file.getFileName().toString());
      return false;
    } finally {
      Files.delete(file);
    }
  }
}
