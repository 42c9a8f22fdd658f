package io.selftaught.judge.djl;

import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.ModelProvider;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens GGUF files and Hugging Face directories, with the options that suit the machine. */
public final class DjlModelProvider implements ModelProvider {

  /** Creates the provider; called by {@link java.util.ServiceLoader}. */
  public DjlModelProvider() {}

  @Override
  public Optional<LanguageModel> open(String location) {
    try {
      Path path = Path.of(location);
      return Files.exists(path) ? Optional.of(DjlModel.load(path)) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "GGUF files and Hugging Face directories by path";
  }
}
