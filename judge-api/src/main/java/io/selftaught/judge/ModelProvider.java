package io.selftaught.judge;

import java.util.Optional;

/**
 * Opens models by their location: a path, a URL. Implementations are found on the class path
 * through {@link java.util.ServiceLoader}.
 */
@FunctionalInterface
public interface ModelProvider {

  /**
   * Returns the model at a location; nothing if this provider does not know locations of the kind.
   *
   * @throws InvalidInputException if it knows the kind, but there is no model that can be used
   */
  Optional<LanguageModel> open(String location);
}
