package io.selftaught.judge.core.remote;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Collects a body up to a limit. */
final class BoundedBody extends LimitedBody {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  BoundedBody(int maxBytes) {
    super(maxBytes);
  }

  @Override
  void read(ByteBuffer part) {
    byte[] copied = new byte[part.remaining()];
    part.get(copied);
    bytes.writeBytes(copied);
  }

  @Override
  public void onComplete() {
    complete(bytes.toByteArray());
  }
}
