package io.selftaught.judge.djl.hub;

import com.google.common.hash.Hashing;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A hub on this machine, with large files on a second server as the real one has them. Answers can
 * be scripted: each scripted one is given once, in order, before the regular ones.
 */
public final class FakeHub implements AutoCloseable {

  /** The commit that every revision but a commit stands for. */
  public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  /** An answer in place of the regular one. */
  @FunctionalInterface
  interface Answer {
    void give(HttpExchange exchange, byte[] content) throws IOException;
  }

  /** What was asked: method, path, range and authorization. */
  record Request(String server, String method, String path, String range, String authorization) {}

  /** A file of the repository. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Content(byte[] bytes, boolean large) {
    String etag() {
      return large ? sha256(bytes) : gitHash(bytes);
    }
  }

  private final Map<String, Content> files = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer hub = serve("hub");
  private final HttpServer store = serve("store");

  final List<Request> requests = new CopyOnWriteArrayList<>();

  /** In place of the head of a file. */
  final Queue<Answer> heads = new ConcurrentLinkedQueue<>();

  /** In place of the body of a file, from whichever server. */
  final Queue<Answer> bodies = new ConcurrentLinkedQueue<>();

  private HttpServer serve(String name) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", exchange -> answer(name, exchange));
      server.setExecutor(threads);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a file that git keeps itself. */
  public FakeHub small(String path, String content) {
    files.put(path, new Content(content.getBytes(StandardCharsets.UTF_8), false));
    return this;
  }

  /** Puts a file that is kept in the store. */
  public FakeHub large(String path, byte[] content) {
    files.put(path, new Content(content, true));
    return this;
  }

  /** Returns where the hub is. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
  }

  /** Returns settings for the hub that lose no time. */
  public HubSettings settings(Path cache) {
    return new HubSettings(
        endpoint(),
        cache,
        Optional.of("hf_secret"),
        false,
        EnvironmentProxies.of(Map.of()),
        Duration.ofSeconds(20),
        Duration.ofMillis(1));
  }

  static HubSettings offline(HubSettings s) {
    return new HubSettings(
        s.endpoint(), s.cache(), s.token(), true, s.proxies(), s.timeout(), s.backoff());
  }

  static HubSettings with(HubSettings s, Duration timeout) {
    return new HubSettings(
        s.endpoint(), s.cache(), s.token(), s.offline(), s.proxies(), timeout, s.backoff());
  }

  static HubSettings with(HubSettings s, ProxySelector proxies) {
    return new HubSettings(
        s.endpoint(), s.cache(), s.token(), s.offline(), proxies, s.timeout(), s.backoff());
  }

  private void answer(String server, HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    String range = first(exchange, "Range");
    requests.add(
        new Request(
            server, exchange.getRequestMethod(), path, range, first(exchange, "Authorization")));
    try (exchange) {
      if (server.equals("store")) {
        body(exchange, path.substring(1));
      } else {
        String[] parts = path.split("/resolve/[^/]+/", 2);
        file(exchange, parts.length == 2 ? parts[1] : "");
      }
    }
  }

  private static String first(HttpExchange exchange, String header) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(header)).orElse("");
  }

  private void file(HttpExchange exchange, String path) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    Content content = files.get(path);
    Answer scripted = head ? heads.poll() : null;
    header(exchange, RemoteFile.COMMIT, COMMIT);
    if (scripted != null) {
      scripted.give(exchange, content == null ? new byte[0] : content.bytes());
    } else if (content == null) {
      header(exchange, "X-Error-Code", "EntryNotFound");
      exchange.sendResponseHeaders(404, -1);
    } else if (content.large()) {
      header(exchange, "ETag", "\"of-the-redirect\"");
      header(exchange, "X-Linked-Etag", "\"" + content.etag() + "\"");
      header(exchange, "X-Linked-Size", String.valueOf(content.bytes().length));
      redirect(exchange, 302, storeUrl(path));
    } else if (head) {
      header(exchange, "ETag", "W/\"" + content.etag() + "\"");
      header(exchange, "Content-Length", String.valueOf(content.bytes().length));
      exchange.sendResponseHeaders(200, -1);
    } else {
      body(exchange, path);
    }
  }

  String storeUrl(String path) {
    return "http://127.0.0.1:%d/%s".formatted(store.getAddress().getPort(), path);
  }

  private void body(HttpExchange exchange, String path) throws IOException {
    byte[] bytes = files.get(path).bytes();
    Answer scripted = bodies.poll();
    if (scripted != null) {
      scripted.give(exchange, bytes);
      return;
    }
    String range = first(exchange, "Range");
    if (range.isEmpty()) {
      send(exchange, 200, bytes);
    } else {
      int from = Integer.parseInt(range.replaceAll("\\D", ""));
      header(
          exchange,
          "Content-Range",
          "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
      send(exchange, 206, Arrays.copyOfRange(bytes, from, bytes.length));
    }
  }

  static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  static void header(HttpExchange exchange, String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  static void redirect(HttpExchange exchange, int status, String to) throws IOException {
    header(exchange, "Location", to);
    exchange.sendResponseHeaders(status, -1);
  }

  /** Answers with a status and, for errors, the hub's code. */
  static Answer status(int status, String code) {
    return (exchange, content) -> {
      exchange.getResponseHeaders().remove(RemoteFile.COMMIT);
      header(exchange, "X-Error-Code", code);
      exchange.sendResponseHeaders(status, -1);
    };
  }

  /** Announces all of the body, sends a part of what was asked for, and hangs up. */
  static Answer dropAfter(int bytes) {
    return (exchange, content) -> {
      String range = first(exchange, "Range");
      int from = range.isEmpty() ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
      header(
          exchange,
          "Content-Range",
          "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
      exchange.getResponseBody().write(content, from, Math.min(bytes, content.length - from));
      exchange.getResponseBody().flush();
    };
  }

  static String sha256(byte[] bytes) {
    return Hashing.sha256().hashBytes(bytes).toString();
  }

  @SuppressWarnings("deprecation") // That is what git uses.
  static String gitHash(byte[] bytes) {
    return Hashing.sha1()
        .newHasher()
        .putString("blob " + bytes.length + "\0", StandardCharsets.US_ASCII)
        .putBytes(bytes)
        .hash()
        .toString();
  }

  @Override
  public void close() {
    hub.stop(0);
    store.stop(0);
    threads.shutdownNow();
  }
}
