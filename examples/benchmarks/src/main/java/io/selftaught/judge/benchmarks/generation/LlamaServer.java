package io.selftaught.judge.benchmarks.generation;

import io.selftaught.judge.core.data.JsonRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A running server of llama.cpp, asked in its own words ({@code /completion}). */
final class LlamaServer implements AutoCloseable {

  /**
   * What it does to logits: of the samplers it has, the two that are needed, with the limit that
   * saves it from sorting the whole vocabulary for each token.
   */
  static final String SAMPLING = "top_k 64 (1 if greedy), then temperature; prompts cached";

  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration ANSWER = Duration.ofHours(1);

  private final ChildProcess process;
  private final URI address;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private LlamaServer(ChildProcess process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts a server and waits until it is ready.
   *
   * @throws IllegalStateException if it ends before that, or takes five minutes
   */
  static LlamaServer start(Path program, List<String> options, Path log) {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of("--host", "127.0.0.1", "--port", String.valueOf(port)));
    command.addAll(options);
    ChildProcess process = ChildProcess.start("llama-server", command, Map.of(), log);
    LlamaServer server = new LlamaServer(process, URI.create("http://127.0.0.1:" + port));
    try {
      server.awaitReady();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("There is no free port", e);
    }
  }

  private void awaitReady() {
    long end = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < end) {
      if (!process.isAlive()) {
        throw process.failed("ended");
      }
      if (isReady()) {
        return;
      }
      pause();
    }
    throw process.failed("was not ready after " + START.toMinutes() + " minutes");
  }

  private boolean isReady() {
    try {
      HttpRequest health = HttpRequest.newBuilder(address.resolve("/health")).build();
      return client.send(health, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // it doesn't listen yet
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Draws one sample and returns its tokens.
   *
   * @param sample which one of its request
   * @param slot where; -1 leaves that to the server
   */
  int complete(Request request, int sample, int slot) {
    HttpRequest post =
        HttpRequest.newBuilder(address.resolve("/completion"))
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body(request, sample, slot)))
            .build();
    try {
      HttpResponse<String> answer = client.send(post, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw process.failed("answered " + answer.statusCode() + ": " + answer.body());
      }
      return Math.toIntExact(JsonRecord.parse(answer.body()).integer("tokens_predicted"));
    } catch (IOException e) {
      throw process.failed("failed: " + e.getMessage());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Returns what is sent: token ids, so that the server neither renders nor tokenizes. */
  static String body(Request request, int sample, int slot) {
    boolean counted = !request.counts().isEmpty();
    double temperature = request.config().temperature();
    return String.format(
        Locale.ROOT,
        "{\"prompt\": [%s], \"n_predict\": %d, \"ignore_eos\": %b, \"seed\": %d, \"temperature\": %s,"
            + " \"samplers\": [\"top_k\", \"temperature\"], \"top_k\": %d, \"id_slot\": %d,"
            + " \"cache_prompt\": true, \"response_fields\": [\"tokens_predicted\"]}",
        Numbers.join(request.ids()).replace(' ', ','),
        counted ? request.counts().get(sample) : request.config().maxTokens(),
        counted,
        request.config().seed() + sample,
        temperature,
        temperature == 0 ? 1 : 64,
        slot);
  }

  /** Returns what the server tells of how it was built and what it found. */
  Map<String, String> build() {
    Map<String, String> build = new LinkedHashMap<>();
    for (String key : List.of("build", "system_info", "KV buffer size")) {
      process.lines(key).stream()
          .findFirst()
          .ifPresent(line -> build.put(key, line.substring(line.indexOf(':') + 1).strip()));
    }
    return build;
  }

  long peakBytes() {
    return ProcessMemory.peak(process.pid());
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Interrupted while a server was asked", e);
  }

  @Override
  public void close() {
    process.close();
  }
}
