package io.selftaught.judge.djl.generate;

import io.selftaught.judge.djl.decoder.Decoder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads prompts, and does not read again what a prompt has in common with one that is still known:
 * the system message and worked examples of a judge, or the same pair once more.
 *
 * <p>Prompts are read in pieces of a fixed length from their start, and only whole pieces are taken
 * over. So the keys and values of a position are computed from the same operations in the same
 * shapes whether or not they were taken over, and results do not depend on what else was asked.
 */
final class Prefill {

  /** Long enough for an efficient matrix product, short enough to share a system message. */
  static final int PIECE = 256;

  private static final int RETAINED = 2;

  private final Decoder decoder;
  private final Deque<Request> retained = new ArrayDeque<>();

  Prefill(Decoder decoder) {
    this.decoder = decoder;
  }

  /**
   * Reads a prompt.
   *
   * @param known requests whose prompts have been read and not released
   */
  void read(Request request, Collection<Request> known) {
    Request source = request;
    int shared = 0;
    for (Request other : Stream.concat(known.stream(), retained.stream()).toList()) {
      int common = other.isRead() ? commonPieces(request.ids, other.ids) : 0;
      if (common > shared) {
        source = other;
        shared = common;
      }
    }
    decoder.begin(request.number, request.ids.length, source.number, shared);
    request.begun();
    for (int start = shared; !request.isRead(); start += PIECE) {
      int end = Math.min(request.ids.length, start + PIECE);
      decoder
          .prefill(request.number, request.ids, start, end, request.firstQuery())
          .ifPresent(request::read);
    }
  }

  /** Returns how many tokens both begin with, in whole pieces; the last token is always read. */
  static int commonPieces(int[] ids, int[] other) {
    int mismatch = Arrays.mismatch(ids, other);
    int common = mismatch < 0 ? ids.length : mismatch;
    return Math.min(common, ids.length - 1) / PIECE * PIECE;
  }

  /** Keeps a finished request's prompt a while, for those to come that begin like it. */
  void retain(Request request) {
    if (!request.isRead()) {
      release(List.of(request));
      return;
    }
    retained.addLast(request);
    if (retained.size() > RETAINED) {
      release(List.of(retained.removeFirst()));
    }
  }

  /** Frees the prompts of requests, and all that were retained. */
  void clear(List<Request> requests) {
    release(requests);
    release(retained);
    retained.clear();
  }

  private void release(Collection<Request> requests) {
    requests.stream().filter(Request::isBegun).forEach(r -> decoder.release(r.number));
  }
}
