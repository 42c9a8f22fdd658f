package io.selftaught.judge.djl.hub;

import static java.util.Objects.requireNonNull;

import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the hub and the cache are, and how patient to be.
 *
 * @param endpoint the hub or a mirror of it, without a slash at the end
 * @param cache the folder that holds one folder for each repository
 * @param token what to sign in with; sent to the endpoint only
 * @param offline whether only the cache may be used
 * @param proxies how to reach the network
 * @param timeout the longest silence of a server
 * @param backoff the wait before the second try, doubled for each further one
 */
public record HubSettings(
    URI endpoint,
    Path cache,
    Optional<String> token,
    boolean offline,
    ProxySelector proxies,
    Duration timeout,
    Duration backoff) {

  private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");

  /** Checks that the endpoint can be one. */
  public HubSettings {
    requireNonNull(cache, "cache");
    requireNonNull(proxies, "proxies");
    if (!Set.of("http", "https").contains(String.valueOf(endpoint.getScheme()))
        || endpoint.getHost() == null
        || endpoint.getUserInfo() != null) {
      throw new InvalidInputException(
          "HF_ENDPOINT must be an http or https address without credentials, such as"
              + " https://huggingface.co");
    }
    token.ifPresent(HubSettings::checkToken);
  }

  /**
   * Reads the variables that Python's huggingface_hub reads: HF_ENDPOINT, HF_HOME, HF_HUB_CACHE,
   * XDG_CACHE_HOME, HF_TOKEN, HF_TOKEN_PATH, HF_HUB_OFFLINE; and the proxies, see {@link
   * EnvironmentProxies}.
   *
   * @param environment the variables
   * @param userHome the user's folder, where caches are unless a variable says otherwise
   * @throws InvalidInputException if one makes no sense
   */
  public static HubSettings of(Map<String, String> environment, Path userHome) {
    Variables variables = new Variables(environment, userHome);
    Path home =
        variables
            .path("HF_HOME")
            .orElseGet(
                () ->
                    variables
                        .path("XDG_CACHE_HOME")
                        .orElse(userHome.resolve(".cache"))
                        .resolve("huggingface"));
    return new HubSettings(
        variables.endpoint(),
        variables
            .path("HF_HUB_CACHE")
            .or(() -> variables.path("HUGGINGFACE_HUB_CACHE"))
            .orElse(home.resolve("hub")),
        variables.token(variables.path("HF_TOKEN_PATH").orElse(home.resolve("token"))),
        variables.flag("HF_HUB_OFFLINE") || variables.flag("TRANSFORMERS_OFFLINE"),
        EnvironmentProxies.of(environment),
        Duration.ofSeconds(30),
        Duration.ofSeconds(1));
  }

  /** Says where, never with what token. */
  @Override
  public String toString() {
    return "%s, cache %s%s".formatted(endpoint, cache, offline ? ", offline" : "");
  }

  /** What cannot be a token is refused here, because the HTTP client would quote it. */
  private static void checkToken(String token) {
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw new InvalidInputException(
          "HF_TOKEN has characters other than visible ASCII, so it is no token");
    }
  }

  /** Environment variables, read the way Python reads them. */
  private record Variables(Map<String, String> environment, Path userHome) {

    private Optional<String> text(String name) {
      return Optional.ofNullable(environment.get(name))
          .map(String::strip)
          .filter(value -> !value.isEmpty());
    }

    private Optional<Path> path(String name) {
      return text(name)
          .map(
              value ->
                  value.equals("~") || value.startsWith("~/")
                      ? userHome.resolve(value.substring(Math.min(2, value.length())))
                      : Path.of(value));
    }

    private boolean flag(String name) {
      return text(name).map(value -> TRUE.contains(value.toUpperCase(Locale.ROOT))).orElse(false);
    }

    private URI endpoint() {
      String text = text("HF_ENDPOINT").orElse("https://huggingface.co");
      try {
        return URI.create(text.replaceAll("/+$", ""));
      } catch (IllegalArgumentException e) {
        throw new InvalidInputException("HF_ENDPOINT is no address: " + e.getMessage(), e);
      }
    }

    private Optional<String> token(Path file) {
      Optional<String> token = text("HF_TOKEN").or(() -> text("HUGGING_FACE_HUB_TOKEN"));
      if (token.isPresent() || !Files.isRegularFile(file)) {
        return token;
      }
      try {
        return Optional.of(Files.readString(file).strip()).filter(value -> !value.isEmpty());
      } catch (IOException e) {
        throw new InvalidInputException("Can't read the token in " + file, e);
      }
    }
  }
}
