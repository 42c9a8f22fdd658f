package io.selftaught.judge.core.remote;

import com.google.common.base.Throwables;
import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.core.data.JsonRecord;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** One server over HTTP: sends JSON once, and gives back JSON or a typed error. */
final class Endpoint implements AutoCloseable {

  private static final String JSON = "application/json";
  private static final String EVENTS = "text/event-stream";

  private final HttpClient client;
  private final URI baseUrl;
  private final Optional<Supplier<String>> apiKey;
  private final Duration requestTimeout;
  private final int maxResponseBytes;
  private final boolean streaming;
  private final Set<Runnable> hangUps = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Endpoint(RemoteModel.Builder settings) {
    // HTTP/1.1: an offer to upgrade confuses several of these servers. Redirects are not followed,
    // so the key goes nowhere else.
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout)
            .build();
    baseUrl = settings.baseUrl;
    apiKey = settings.apiKey;
    requestTimeout = settings.requestTimeout;
    maxResponseBytes = settings.maxResponseBytes;
    streaming = settings.streaming;
  }

  JsonRecord get(String path, Deadline deadline) {
    return json(exchange(HttpRequest.newBuilder(resolve(path)).GET(), deadline));
  }

  /** Returns the answer, which the server may send in one piece or, if asked to, as events. */
  JsonRecord post(String path, JsonRecord body, Deadline deadline) {
    return json(exchange(posting(path, body), deadline));
  }

  /** Has the server do something about which it says no more than that it is done. */
  void command(String path, JsonRecord body, Deadline deadline) {
    exchange(posting(path, body), deadline);
  }

  private HttpRequest.Builder posting(String path, JsonRecord body) {
    return HttpRequest.newBuilder(resolve(path))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8));
  }

  private URI resolve(String path) {
    return URI.create(baseUrl + "/" + path);
  }

  private HttpResponse<byte[]> exchange(HttpRequest.Builder request, Deadline deadline) {
    Optional<String> secret = secret();
    secret.ifPresent(key -> request.header("Authorization", "Bearer " + key));
    request.header("Accept", streaming ? EVENTS + ", " + JSON : JSON);
    HttpResponse<byte[]> response = await(request.build(), deadline);
    if (response.statusCode() != 200) {
      throw ErrorReply.of(response.statusCode(), response.body())
          .toException(retryAfter(response), secret);
    }
    return response;
  }

  private JsonRecord json(HttpResponse<byte[]> response) {
    String type = response.headers().firstValue("Content-Type").orElse("nothing");
    if (!isOf(JSON, type) && !(streaming && isOf(EVENTS, type))) {
      throw new ModelException(
          "The server sent " + shortened(type) + " instead of JSON; check the base URL");
    }
    JsonRecord json;
    try {
      json = JsonRecord.parse(new String(response.body(), StandardCharsets.UTF_8));
    } catch (InvalidInputException e) {
      throw new ModelException("The server's answer is broken: " + e.getMessage(), e);
    }
    if (json.has("error")) {
      throw ErrorReply.of(500, response.body()).toException(retryAfter(response), secret());
    }
    return json;
  }

  private static boolean isOf(String type, String header) {
    return header.toLowerCase(Locale.ROOT).startsWith(type);
  }

  private HttpResponse<byte[]> await(HttpRequest request, Deadline deadline) {
    requireOpen();
    AtomicLong lastSign = new AtomicLong(System.nanoTime());
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, info -> body(info, () -> lastSign.set(System.nanoTime())));
    Runnable hangUp = () -> answer.cancel(true);
    hangUps.add(hangUp);
    try {
      requireOpen(); // once more after the addition, so that close() misses nobody
      return await(answer, lastSign, deadline);
    } catch (CancellationException e) {
      throw closed();
    } catch (InterruptedException e) {
      throw Retries.interrupted(e);
    } catch (ExecutionException e) {
      throw failure(e);
    } finally {
      hangUps.remove(hangUp);
      hangUp.run(); // does nothing to an answer that is there
    }
  }

  private BodySubscriber<byte[]> body(ResponseInfo info, Runnable onBytes) {
    String type = info.headers().firstValue("Content-Type").orElse("");
    return streaming && info.statusCode() == 200 && isOf(EVENTS, type)
        ? new EventStream(maxResponseBytes, onBytes)
        : new BoundedBody(maxResponseBytes);
  }

  /** Waits for as long as the server gives signs of life often enough; only a stream gives any. */
  private HttpResponse<byte[]> await(
      CompletableFuture<HttpResponse<byte[]>> answer, AtomicLong lastSign, Deadline deadline)
      throws InterruptedException, ExecutionException {
    while (true) {
      Duration silence = Duration.ofNanos(System.nanoTime() - lastSign.get());
      Duration limit = deadline.remaining(requestTimeout.minus(silence));
      try {
        return answer.get(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        Duration since = Duration.ofNanos(System.nanoTime() - lastSign.get());
        if (deadline.hasPassed() || since.compareTo(requestTimeout) >= 0) {
          throw new TransientFailure(
              "no whole answer within " + limit.plus(silence).toMillis() + " ms", e);
        }
      }
    }
  }

  private static RuntimeException failure(ExecutionException e) {
    for (Throwable link : Throwables.getCausalChain(e)) {
      if (link instanceof TransientFailure || link instanceof ModelException) {
        return (RuntimeException) link; // found in a stream
      }
    }
    Throwable cause = Throwables.getRootCause(e);
    if (cause instanceof LimitedBody.TooLong) {
      return new ModelException("The server sent " + cause.getMessage(), e);
    }
    String message = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return new TransientFailure(cause.getClass().getSimpleName() + message, e);
  }

  /** Returns the key; what cannot be one is refused here, because the client would quote it. */
  private Optional<String> secret() {
    Optional<String> key = apiKey.map(supplier -> supplier.get().strip());
    if (key.isPresent() && !key.get().matches("[\\x21-\\x7e]+")) {
      throw new InvalidInputException(
          "The API key is empty or has characters other than visible ASCII");
    }
    return key;
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .flatMap(value -> RetryAfter.parse(value, Instant.now()));
  }

  private static String shortened(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }

  void requireOpen() {
    if (closed) {
      throw closed();
    }
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("The model is closed");
  }

  /** Hangs up on all that is under way. */
  @Override
  public void close() {
    closed = true;
    hangUps.forEach(Runnable::run);
  }
}
