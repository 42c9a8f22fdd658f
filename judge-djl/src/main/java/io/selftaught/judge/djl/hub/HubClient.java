package io.selftaught.judge.djl.hub;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ModelException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/**
 * Speaks HTTP with a hub: one try a call. Redirects are followed here and not by the client, so
 * that the token goes to the hub's own host only. Safe for use by several threads.
 */
final class HubClient {

  private static final int MAX_REDIRECTS = 10;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** What may have gone by the next try: too slow, too early, too many, a server's own trouble. */
  private static final Set<Integer> TRANSIENT = Set.of(408, 425, 429, 500, 502, 503, 504);

  private final HubSettings settings;
  private final HttpClient client;

  HubClient(HubSettings settings) {
    this.settings = settings;
    // HTTP/1.1: a file at a time gains nothing from streams, and mirrors trip over the offer.
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.timeout())
            .proxy(settings.proxies())
            .build();
  }

  /** How long a body may be silent. */
  Duration timeout() {
    return settings.timeout();
  }

  /**
   * Asks what a file is.
   *
   * @return nothing if the repository has no such file
   * @throws TransientFailure if it is worth another try
   * @throws InvalidInputException if there is no such repository or revision, or it must not be
   *     read
   */
  Optional<RemoteFile> describe(String repository, String revision, String file) {
    String what = what(repository, revision, file);
    HttpResponse<BodyQueue> response = send("HEAD", repository, revision, file, 0);
    response.body().close();
    boolean redirect = REDIRECTS.contains(response.statusCode());
    if (!redirect && response.statusCode() != 200) {
      if (isMissingFile(response)) {
        return Optional.empty();
      }
      throw refusal(what, response);
    }
    return Optional.of(RemoteFile.of(what, response.headers(), redirect));
  }

  /**
   * Begins to fetch a file from a byte on; the server may send all of it nevertheless.
   *
   * @return an answer with status 200, 206 or 416, to be closed
   * @throws TransientFailure if it is worth another try
   * @throws InvalidInputException if the file must not be read
   */
  HttpResponse<BodyQueue> fetch(String repository, String commit, String file, long from) {
    HttpResponse<BodyQueue> response = send("GET", repository, commit, file, from);
    if (!Set.of(200, 206, 416).contains(response.statusCode())) {
      response.body().close();
      throw refusal(what(repository, commit, file), response);
    }
    return response;
  }

  private HttpResponse<BodyQueue> send(
      String method, String repository, String revision, String file, long from) {
    URI uri =
        URI.create(
            "%s/%s/resolve/%s/%s"
                .formatted(settings.endpoint(), repository, encoded(revision), encodedPath(file)));
    for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
      HttpResponse<BodyQueue> response = once(method, uri, from);
      // A redirect that tells of the file is all that is wanted of it.
      boolean told =
          method.equals("HEAD") && response.headers().firstValue("X-Linked-Etag").isPresent();
      if (told || !REDIRECTS.contains(response.statusCode())) {
        return response;
      }
      response.body().close();
      uri = target(uri, response.headers().firstValue("Location").orElse(""));
    }
    throw new ModelException(
        "%s is redirected more than %d times; check HF_ENDPOINT"
            .formatted(what(repository, revision, file), MAX_REDIRECTS));
  }

  private HttpResponse<BodyQueue> once(String method, URI uri, long from) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(settings.timeout())
            .header("User-Agent", "self-taught-judge");
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    if (isOwn(uri)) {
      settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    }
    try {
      return client.send(request.build(), BodyQueue.handler());
    } catch (SSLException e) {
      throw new ModelException(
          "%s cannot be trusted: %s; check the certificates that Java trusts"
              .formatted(uri.getHost(), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new TransientFailure("No answer from %s (%s)".formatted(uri.getHost(), reason(e)), e);
    } catch (InterruptedException e) {
      throw Retries.interrupted(e);
    }
  }

  /** Some of the client's exceptions have no message. */
  static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** Same scheme, host and port: a server on another port is another server. */
  private boolean isOwn(URI uri) {
    URI own = settings.endpoint();
    return uri.getScheme().equals(own.getScheme())
        && uri.getHost().equalsIgnoreCase(own.getHost())
        && uri.getPort() == own.getPort();
  }

  private static URI target(URI from, String location) {
    URI to;
    try {
      to = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new ModelException(from.getHost() + " redirects to what is no address", e);
    }
    boolean http = "https".equals(to.getScheme()) || "http".equals(to.getScheme());
    boolean lessSecure = "https".equals(from.getScheme()) && !"https".equals(to.getScheme());
    if (location.isEmpty() || !http || lessSecure || to.getHost() == null) {
      throw new ModelException(
          "%s redirects to what is not followed: %s"
              .formatted(from.getHost(), location.isEmpty() ? "nothing" : to.getScheme()));
    }
    return to;
  }

  /** Without a code, which not all mirrors send, 404 with a commit means the file. */
  private static boolean isMissingFile(HttpResponse<?> response) {
    String code = response.headers().firstValue("X-Error-Code").orElse("");
    boolean commit = response.headers().firstValue(RemoteFile.COMMIT).isPresent();
    return response.statusCode() == 404
        && (code.equals("EntryNotFound") || (code.isEmpty() && commit));
  }

  private RuntimeException refusal(String what, HttpResponse<?> response) {
    int status = response.statusCode();
    String code = response.headers().firstValue("X-Error-Code").orElse("");
    String host = settings.endpoint().getHost();
    if (TRANSIENT.contains(status)) {
      return new TransientFailure(
          "%s answers %d to %s".formatted(host, status, what),
          response
              .headers()
              .firstValue("Retry-After")
              .flatMap(value -> RetryAfter.parse(value, Instant.now())));
    }
    String problem =
        switch (status) {
          case 401, 403 ->
              settings.token().isEmpty()
                  ? "does not exist, or is private or gated: check the name, or set HF_TOKEN to a token that may read it"
                  : code.equals("GatedRepo")
                      ? "is gated: accept its conditions on its page at " + host
                      : "does not exist, or the token may not read it";
          case 404 ->
              code.equals("RevisionNotFound")
                  ? "has no such revision"
                  : code.equals("EntryNotFound") ? "has no such file" : "does not exist";
          case 407 -> "is behind a proxy that wants a password";
          default -> "cannot be fetched";
        };
    return new InvalidInputException(
        "%s %s (%s answers %d)".formatted(what, problem, host, status));
  }

  static String what(String repository, String revision, String file) {
    return "%s@%s:%s".formatted(repository, revision, file);
  }

  private static String encodedPath(String file) {
    return Arrays.stream(file.split("/")).map(HubClient::encoded).collect(Collectors.joining("/"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
