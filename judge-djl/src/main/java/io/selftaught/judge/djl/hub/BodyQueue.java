package io.selftaught.judge.djl.hub;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read piece by piece, with a limit on how long a piece may take: the client's own
 * limit ends with the head of an answer. One piece is asked for at a time, so a slow disk slows the
 * sender and fills no memory. For one reading thread.
 */
final class BodyQueue implements BodySubscriber<BodyQueue>, AutoCloseable {

  /** A piece, or the end of the body with what went wrong, if anything did. */
  private record Piece(List<ByteBuffer> bytes, boolean last, @Nullable Throwable failure) {}

  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
  private boolean ended;

  static BodyHandler<BodyQueue> handler() {
    return info -> new BodyQueue();
  }

  /**
   * Returns the next bytes, none at the end of the body.
   *
   * @throws IOException if the connection broke, or nothing came for {@code longest}
   */
  List<ByteBuffer> next(Duration longest) throws IOException, InterruptedException {
    if (ended) {
      return List.of();
    }
    subscription.join().request(1);
    Piece piece = pieces.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
    if (piece == null) {
      throw new IOException("nothing came for " + longest.toMillis() + " ms");
    }
    if (piece.failure() != null) {
      throw new IOException(piece.failure());
    }
    ended = piece.last();
    return piece.bytes();
  }

  @Override
  public CompletionStage<BodyQueue> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription offered) {
    subscription.complete(requireNonNull(offered));
  }

  @Override
  public void onNext(List<ByteBuffer> bytes) {
    pieces.add(new Piece(bytes, false, null));
  }

  @Override
  public void onError(Throwable failure) {
    pieces.add(new Piece(List.of(), true, failure));
  }

  @Override
  public void onComplete() {
    pieces.add(new Piece(List.of(), true, null));
  }

  /** Hangs up, unless the body is at its end. */
  @Override
  public void close() {
    if (!ended) {
      subscription.join().cancel(); // it is there before the head of the answer is
    }
  }
}
