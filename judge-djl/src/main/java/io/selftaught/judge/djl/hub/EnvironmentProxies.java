package io.selftaught.judge.djl.hub;

import io.selftaught.judge.InvalidInputException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that the variables HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY name, in capital
 * or small letters; where none is named, those of Java's system properties.
 */
final class EnvironmentProxies extends ProxySelector {

  private final Map<String, String> environment;

  private EnvironmentProxies(Map<String, String> environment) {
    this.environment = environment;
  }

  static ProxySelector of(Map<String, String> environment) {
    return new EnvironmentProxies(Map.copyOf(environment));
  }

  @Override
  public List<Proxy> select(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    Optional<String> proxy = variable(scheme + "_proxy").or(() -> variable("all_proxy"));
    if (proxy.isEmpty()) {
      return Optional.ofNullable(ProxySelector.getDefault())
          .map(selector -> selector.select(uri))
          .orElse(List.of(Proxy.NO_PROXY));
    }
    return isExempt(uri.getHost()) ? List.of(Proxy.NO_PROXY) : List.of(proxy(proxy.get()));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {}

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT)))
        .or(() -> Optional.ofNullable(environment.get(name)))
        .filter(value -> !value.isBlank());
  }

  /** A host is exempt by its name, or by a domain that it is in. */
  private boolean isExempt(String host) {
    return Arrays.stream(variable("no_proxy").orElse("").split(","))
        .map(entry -> entry.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(
            entry ->
                entry.equals("*")
                    || host.toLowerCase(Locale.ROOT).equals(entry)
                    || host.toLowerCase(Locale.ROOT).endsWith("." + entry));
  }

  private static Proxy proxy(String address) {
    try {
      URI uri = URI.create(address.contains("://") ? address : "http://" + address);
      boolean plain = "http".equals(uri.getScheme()) && uri.getUserInfo() == null;
      if (plain && uri.getHost() != null) {
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), port));
      }
    } catch (IllegalArgumentException e) {
      throw noProxy(e);
    }
    throw noProxy(null);
  }

  /** The value is left out: it may hold a password. */
  private static InvalidInputException noProxy(@Nullable Exception cause) {
    String message =
        "A proxy variable must be http://host:port, without user and password; other proxies are not known";
    return cause == null
        ? new InvalidInputException(message)
        : new InvalidInputException(message, cause);
  }
}
