package io.selftaught.judge.djl.generate;

import io.selftaught.judge.djl.decoder.Decoder;

/** Reads a prompt in pieces, which bounds the memory that its activations take. */
final class Prefill {

  private static final int PIECE = 1024;

  private Prefill() {}

  static void read(Request request, Decoder decoder) {
    for (int start = 0; !request.isRead(); start += PIECE) {
      int end = Math.min(request.ids.length, start + PIECE);
      decoder
          .prefill(request.number, request.ids, start, end, request.firstQuery())
          .ifPresent(request::read);
    }
  }
}
