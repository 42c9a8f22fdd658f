package io.selftaught.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link FineTuner} keeps to. Extend it beside the implementation. */
public abstract class FineTunerContract {

  @TempDir private Path temp;

  /** Returns the fine-tuner under test. */
  protected abstract FineTuner fineTuner();

  /** Returns an example that does not fit the context or the limit of the settings. */
  protected abstract TrainingExample tooLong();

  @Test
  void fineTune_writesAnAdapterBelowTheDirectoryAndCreatesIt() {
    Path directory = temp.resolve("a/b");

    Adapter adapter = fineTuner().fineTune(examples(), directory, ProgressListener.none());

    assertThat(adapter.directory()).startsWith(directory);
    assertThat(adapter.directory().resolve("adapter_config.json")).isNotEmptyFile();
    assertThat(adapter.directory().resolve("adapter_model.safetensors")).isNotEmptyFile();
  }

  @Test
  void fineTune_sameInput_givesTheSameAdapterByteForByte() throws IOException {
    Adapter one = fineTuner().fineTune(examples(), temp.resolve("1"), ProgressListener.none());
    Adapter two = fineTuner().fineTune(examples(), temp.resolve("2"), ProgressListener.none());

    assertThat(weights(one)).isEqualTo(weights(two));
  }

  @Test
  void fineTune_finishedDirectory_givesTheSameAdapterAgain() throws IOException {
    Adapter first = fineTuner().fineTune(examples(), temp, ProgressListener.none());
    byte[] weights = weights(first);

    Adapter again = fineTuner().fineTune(examples(), temp, ProgressListener.none());

    assertThat(again).isEqualTo(first);
    assertThat(weights(again)).isEqualTo(weights);
  }

  @Test
  void fineTune_progress_neverGoesBackAndEndsDone() {
    List<ProgressEvent> events = new ArrayList<>();

    fineTuner().fineTune(examples(), temp, events::add);

    assertThat(events).isNotEmpty();
    assertThat(events).extracting(ProgressEvent::done).isSorted();
    ProgressEvent last = events.get(events.size() - 1);
    assertThat(last.done()).isEqualTo(last.total());
  }

  @Test
  void fineTune_noExample_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fineTuner().fineTune(List.of(), temp, ProgressListener.none()))
        .withMessageContaining("examples");
  }

  @Test
  void fineTune_exampleBeyondTheContext_isRefusedByNameAndLeavesNoAdapter() throws IOException {
    TrainingExample tooLong = tooLong();

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> fineTuner().fineTune(List.of(tooLong), temp, ProgressListener.none()))
        .withMessageContaining(tooLong.id());
    try (Stream<Path> files = Files.walk(temp)) {
      assertThat(files).noneMatch(file -> file.endsWith("adapter_model.safetensors"));
    }
  }

  private static List<TrainingExample> examples() {
    return IntStream.range(0, 4).mapToObj(FineTunerContract::example).toList();
  }

  private static TrainingExample example(int i) {
    return new TrainingExample(
        "e" + i, List.of(ChatMessage.user("Which is better, " + i + "?")), "The first. [[A]]");
  }

  private static byte[] weights(Adapter adapter) throws IOException {
    return Files.readAllBytes(adapter.directory().resolve("adapter_model.safetensors"));
  }
}
