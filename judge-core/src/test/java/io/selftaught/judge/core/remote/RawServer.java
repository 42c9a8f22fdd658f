package io.selftaught.judge.core.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A socket that mistreats whoever connects, in the way that a test says. */
final class RawServer implements AutoCloseable {

  static final String HEADERS = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

  /** What is done to a connection whose request has begun to arrive. */
  @FunctionalInterface
  interface Misdeed {
    void to(Socket socket, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch hungUp = new CountDownLatch(1);

  RawServer(Misdeed misdeed) {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(() -> accept(misdeed));
  }

  private void accept(Misdeed misdeed) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        threads.execute(() -> serve(socket, misdeed));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket, Misdeed misdeed) {
    try (socket) {
      InputStream in = socket.getInputStream();
      in.readNBytes(10);
      in.skipNBytes(in.available());
      misdeed.to(socket, socket.getOutputStream());
    } catch (IOException e) {
      hungUp.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends headers and a text, and ends the connection. */
  static Misdeed sending(String text) {
    return (socket, out) -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends headers and then JSON without end, in blocks with a pause between. */
  static Misdeed flooding(int blockBytes, long pauseMillis) {
    return (socket, out) -> {
      out.write((HEADERS + "\r\n{\"a\":\"").getBytes(StandardCharsets.UTF_8));
      byte[] block = "x".repeat(blockBytes).getBytes(StandardCharsets.UTF_8);
      while (true) {
        out.write(block);
        Thread.sleep(pauseMillis);
      }
    };
  }

  int connections() {
    return connections.get();
  }

  CountDownLatch hungUp() {
    return hungUp;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/v1");
  }

  RemoteModel.Builder model() {
    return FakeServer.impatient(url());
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
