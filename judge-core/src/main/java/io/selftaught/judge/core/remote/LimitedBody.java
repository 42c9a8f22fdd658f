package io.selftaught.judge.core.remote;

import static java.util.Objects.requireNonNull;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body while it arrives, up to a limit, and hangs up beyond it, so that an endless body
 * costs no more memory than a long one.
 */
abstract class LimitedBody implements BodySubscriber<byte[]> {

  private final int maxBytes;
  private final CompletableFuture<byte[]> result = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private long received;

  LimitedBody(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes what has arrived; not called any more once there is a result. */
  abstract void read(ByteBuffer part);

  @Override
  public final CompletionStage<byte[]> getBody() {
    return result;
  }

  @Override
  public final void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      received += buffer.remaining();
      if (received > maxBytes) {
        fail(new TooLong(maxBytes));
        return;
      }
      if (!hasResult()) {
        read(buffer);
      }
    }
  }

  @Override
  public final void onError(Throwable throwable) {
    result.completeExceptionally(throwable);
  }

  final boolean hasResult() {
    return result.isDone();
  }

  /** Gives the body, unless there is a result already. */
  final void complete(byte[] body) {
    result.complete(body);
  }

  /** Gives the failure, unless there is a result already, and hangs up. */
  final void fail(RuntimeException failure) {
    result.completeExceptionally(failure);
    hangUp();
  }

  final void hangUp() {
    requireNonNull(subscription).cancel();
  }

  /** The body went on beyond the limit. */
  static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong(int maxBytes) {
      super("an answer of more than " + maxBytes + " bytes");
    }
  }
}
