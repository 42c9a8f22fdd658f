package io.selftaught.judge.core.remote;

import io.selftaught.judge.core.data.JsonRecord;
import io.selftaught.judge.core.remote.FakeServer.Answer;
import io.selftaught.judge.core.remote.FakeServer.Request;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP server that keeps its connections and remembers nothing, and whose script holds the
 * socket: for many requests, and for what the JDK's own server does not do.
 */
final class SocketServer implements AutoCloseable {

  /** What is done to a request; the connection lasts until it closes the socket. */
  @FunctionalInterface
  interface Script {
    void answer(Request request, Socket socket) throws IOException;
  }

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  SocketServer(Script script) {
    try {
      listener = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(() -> accept(script));
  }

  private void accept(Script script) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        threads.execute(() -> serve(socket, script));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket, Script script) {
    sockets.add(socket);
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (!socket.isClosed()) {
        script.answer(read(in), socket);
      }
    } catch (IOException e) {
      // the other side has hung up, which it may
    } finally {
      sockets.remove(socket);
    }
  }

  private static Request read(InputStream in) throws IOException {
    String path = line(in).split(" ", -1)[1];
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Request(path, Optional.empty(), JsonRecord.parse(body.isEmpty() ? "{}" : body));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  static void send(Answer answer, Socket socket) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    sendHead(answer, body.length, socket);
    socket.getOutputStream().write(body);
  }

  /**
   * Sends a body of so many bytes, without ever holding it.
   *
   * @return the bytes that were taken before the other side hung up
   */
  static long sendLong(Answer beginning, long bytes, Socket socket) throws IOException {
    sendHead(beginning, bytes, socket);
    byte[] block = "x".repeat(1 << 14).getBytes(StandardCharsets.UTF_8);
    OutputStream out = socket.getOutputStream();
    out.write(beginning.body().getBytes(StandardCharsets.UTF_8));
    long sent = beginning.body().length();
    try (socket) {
      for (; sent < bytes; sent += block.length) {
        out.write(block);
      }
    } catch (IOException e) {
      // hung up on: what has been taken is all
    }
    return sent;
  }

  private static void sendHead(Answer answer, long length, Socket socket) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Whatever\r\n");
    answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Content-Length: " + length + "\r\n\r\n");
    socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/v1");
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
