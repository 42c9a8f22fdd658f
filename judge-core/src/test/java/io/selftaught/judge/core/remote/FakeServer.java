package io.selftaught.judge.core.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.selftaught.judge.core.data.JsonRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An HTTP server on loopback that answers as a test tells it and remembers what it was asked. */
final class FakeServer implements AutoCloseable {

  /** What was asked; {@code body} has no fields for a GET. */
  record Request(String path, Optional<String> authorization, JsonRecord body) {}

  /** What is answered. */
  record Answer(int status, Map<String, String> headers, String body) {
    static Answer json(String body) {
      return status(200, body);
    }

    static Answer status(int status, String body) {
      return new Answer(status, Map.of("Content-Type", "application/json; charset=utf-8"), body);
    }

    Answer with(String header, String value) {
      return new Answer(status, Map.of("Content-Type", "application/json", header, value), body);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  private FakeServer(Function<Request, Answer> script) {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(exchange, script));
    server.start();
  }

  static FakeServer answering(Function<Request, Answer> script) {
    return new FakeServer(script);
  }

  private void handle(HttpExchange exchange, Function<Request, Answer> script) throws IOException {
    try (exchange) {
      String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Request request =
          new Request(
              exchange.getRequestURI().getPath(),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
              JsonRecord.parse(text.isEmpty() ? "{}" : text));
      requests.add(request);
      Answer answer = script.apply(request);
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Returns the bodies of the requests for chat completions. */
  List<JsonRecord> chats() {
    return requests.stream()
        .filter(r -> r.path().endsWith("/chat/completions"))
        .map(Request::body)
        .toList();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  /** Returns a builder with waits that suit a test. */
  RemoteModel.Builder model() {
    return impatient(url());
  }

  static RemoteModel.Builder impatient(URI url) {
    return RemoteModel.builder(url, "tiny")
        .backoff(Duration.ofMillis(5))
        .maxRetries(2)
        .requestTimeout(Duration.ofSeconds(5))
        .deadline(Duration.ofSeconds(10));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
