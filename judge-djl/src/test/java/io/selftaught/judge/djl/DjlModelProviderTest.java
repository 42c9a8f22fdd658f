package io.selftaught.judge.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ModelProvider;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DjlModelProviderTest {

  private final ModelProvider provider = new DjlModelProvider();

  @Test
  void serviceLoader_findsIt() {
    assertThat(ServiceLoader.load(ModelProvider.class))
        .hasAtLeastOneElementOfType(DjlModelProvider.class);
  }

  @Test
  void open_notAPathThatExists_isLeftToOthers() {
    assertThat(provider.open("http://localhost:8000/v1#my-model")).isEmpty();
    assertThat(provider.open("no-such-file.gguf")).isEmpty();
    assertThat(provider.open("\0")).isEmpty();
  }

  @Test
  void open_directoryWithoutAModel_isRefused(@TempDir Path directory) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> provider.open(directory.toString()))
        .withMessageContaining(directory.toString());
  }
}
