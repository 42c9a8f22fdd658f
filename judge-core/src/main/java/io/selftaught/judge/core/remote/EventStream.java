package io.selftaught.judge.core.remote;

import io.selftaught.judge.InvalidInputException;
import io.selftaught.judge.ModelException;
import io.selftaught.judge.core.data.JsonRecord;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reads server-sent events up to {@code [DONE]} and gives the body that the server would have sent
 * without streaming: an answer, or the first error. Hangs up beyond the limit, at what is no event,
 * and on a server that goes on after the end.
 */
final class EventStream extends LimitedBody {

  private static final String DATA = "data:";
  private static final String END = "[DONE]";
  private static final long LINGER_SECONDS = 1;

  private final Runnable onBytes;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder data = new StringBuilder();
  private final StreamedReply reply = new StreamedReply();

  /**
   * @param onBytes told whenever something arrives
   */
  EventStream(int maxBytes, Runnable onBytes) {
    super(maxBytes);
    this.onBytes = onBytes;
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    onBytes.run();
    super.onNext(buffers);
  }

  @Override
  void read(ByteBuffer part) {
    while (part.hasRemaining() && !hasResult()) {
      read(part.get());
    }
  }

  /** Line feeds end lines; a carriage return before one is white space, which JSON ignores. */
  private void read(byte next) {
    if (next != '\n') {
      line.write(next);
      return;
    }
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (text.isBlank()) {
      endEvent();
    } else if (text.startsWith(DATA)) {
      addData(text.substring(DATA.length()).strip());
    }
    // Comments keep the connection awake; names and ids of events say nothing here.
  }

  private void addData(String text) {
    if (text.equals(END)) {
      finish(reply.whole());
    } else {
      data.append(text).append('\n');
    }
  }

  private void endEvent() {
    String event = data.toString();
    data.setLength(0);
    if (event.isEmpty()) {
      return;
    }
    try {
      JsonRecord json = JsonRecord.parse(event);
      if (json.has("error")) {
        finish(json);
      } else {
        reply.add(json);
      }
    } catch (InvalidInputException e) {
      fail(new ModelException("The server sent a broken event: " + e.getMessage(), e));
    }
  }

  private void finish(JsonRecord body) {
    complete(body.toString().getBytes(StandardCharsets.UTF_8));
    // The connection can be used again if the server ends the body now, as it should.
    CompletableFuture.delayedExecutor(LINGER_SECONDS, TimeUnit.SECONDS).execute(this::hangUp);
  }

  @Override
  public void onComplete() {
    onError(new TransientFailure("the stream ended before its " + END, Optional.empty()));
  }
}
