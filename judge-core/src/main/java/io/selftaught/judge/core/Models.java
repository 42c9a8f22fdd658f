package io.selftaught.judge.core;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.ModelProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Opens language models, and makes models out of other models.
 *
 * <p>What is made of a model leaves that one open when it is closed. For tests there is {@link
 * io.selftaught.judge.ScriptedModel}, which keeps to all settings, or no more than {@code
 * LanguageModel model = (messages, config) -> List.of(Generation.of("[[A]]"))}.
 */
public final class Models {

  private Models() {}

  /**
   * Opens the model at a location, with whatever on the class path knows it: judge-core knows
   * OpenAI-compatible servers by URL and model, {@code http://localhost:8000/v1#my-model};
   * judge-djl GGUF files, Hugging Face directories and models of the hub, {@code org/name}.
   *
   * @throws InvalidInputException if nothing knows such a location, or there is no model to be used
   */
  public static LanguageModel load(String location) {
    requireNonNull(location, "location");
    List<ModelProvider> providers =
        ServiceLoader.load(ModelProvider.class).stream().map(ServiceLoader.Provider::get).toList();
    return providers.stream()
        .map(provider -> provider.open(location))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "Nothing on the class path can open \"%s\" as a model; there are %s. Files need judge-djl"
                        .formatted(location, providers)));
  }

  /**
   * Returns a model that asks {@code model} as long as the budget lasts, and then fails with {@link
   * io.selftaught.judge.BudgetException}.
   */
  public static LanguageModel budgeted(LanguageModel model, Budget budget) {
    return new BudgetedModel(model, budget);
  }

  /**
   * Returns a model that gives the answers which {@link Judges#caching} put into a file, and asks
   * nobody. What is not in the file fails with {@link InvalidInputException}.
   *
   * @param name the name of the model that was recorded
   * @throws InvalidInputException if the file is missing or damaged
   */
  public static LanguageModel replaying(String name, Path file) {
    return new ReplayingModel(name, file);
  }
}
