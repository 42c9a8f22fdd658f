package io.selftaught.judge.core.remote;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.LanguageModel;
import io.selftaught.judge.ModelProvider;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Opens models on servers by URL and model, {@code http://localhost:8000/v1#my-model}. The bearer
 * token is that of the environment variable {@code JUDGE_API_KEY}, if there is one; over plain HTTP
 * it goes to this machine only.
 */
public final class RemoteModelProvider implements ModelProvider {

  private static final String API_KEY = "JUDGE_API_KEY";

  /** Creates the provider; called by {@link java.util.ServiceLoader}. */
  public RemoteModelProvider() {}

  @Override
  public Optional<LanguageModel> open(String location) {
    String lower = location.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
      return Optional.empty();
    }
    int hash = location.indexOf('#');
    if (hash < 0 || hash == location.length() - 1) {
      throw new InvalidInputException(
          "The URL must end in # and the name of the model, as in http://localhost:8000/v1#my-model");
    }
    try {
      RemoteModel.Builder builder =
          RemoteModel.builder(
              URI.create(location.substring(0, hash)), location.substring(hash + 1));
      return Optional.of(
          (System.getenv(API_KEY) == null ? builder : builder.apiKeyFromEnvironment(API_KEY))
              .build());
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("Not a URL of a server: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return "OpenAI-compatible servers by http:// or https://";
  }
}
