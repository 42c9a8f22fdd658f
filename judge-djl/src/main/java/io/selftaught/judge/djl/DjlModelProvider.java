package io.selftaught.judge.djl;

import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.ModelProvider;
import java.util.Optional;

/**
 * Opens GGUF files, Hugging Face directories and models of the hub, with the options that suit the
 * machine.
 */
public final class DjlModelProvider implements ModelProvider {

  /** Creates the provider; called by {@link java.util.ServiceLoader}. */
  public DjlModelProvider() {}

  @Override
  public Optional<LanguageModel> open(String location) {
    return ModelSource.knows(location) ? Optional.of(DjlModel.load(location)) : Optional.empty();
  }

  @Override
  public String toString() {
    return "GGUF files and Hugging Face directories by path, models of the hub by org/name";
  }
}
