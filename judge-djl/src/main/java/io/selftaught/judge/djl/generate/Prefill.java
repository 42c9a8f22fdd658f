package io.selftaught.judge.djl.generate;

import io.selftaught.judge.djl.decoder.Decoder;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads prompts, and does not read again what a prompt has in common with one that is still known:
 * the system message and worked examples of a judge, or the same pair once more.
 *
 * <p>Prompts are read in pieces of a fixed length from their start, and only whole pieces are taken
 * over. So the keys and values of a position are computed from the same operations in the same
 * shapes whether or not they were taken over, and results do not depend on what else was asked.
 *
 * <p>Prompts that nobody needs any more are retained, the least recently used ones forgotten, up to
 * a number of tokens.
 */
final class Prefill {

  private final Decoder decoder;
  private final long capacity;
  private final Map<Long, int[]> retained = new LinkedHashMap<>();
  private long retainedTokens;

  /**
   * Creates one that retains nothing yet.
   *
   * @param capacity the most tokens to retain
   */
  Prefill(Decoder decoder, long capacity) {
    this.decoder = decoder;
    this.capacity = capacity;
  }

  long capacity() {
    return capacity;
  }

  /**
   * Reads a prompt, unless its request is cancelled meanwhile.
   *
   * @param known requests whose prompts may be held
   */
  void read(Request request, Collection<Request> known) {
    Map<Long, int[]> sources = new HashMap<>(retained);
    known.stream()
        .filter(other -> other.holdsPrompt() && other.isRead())
        .forEach(other -> sources.put(other.number, other.ids));
    long source = request.number;
    int shared = 0;
    for (Map.Entry<Long, int[]> other : sources.entrySet()) {
      int common = commonPieces(request.ids, other.getValue());
      if (common > shared) {
        source = other.getKey();
        shared = common;
      }
    }
    decoder.begin(request.number, request.ids.length, source, shared);
    request.holdsPrompt(true);
    touch(source);
    for (int start = shared;
        !request.isRead() && !request.result.isDone();
        start += decoder.stride()) {
      int end = Math.min(request.ids.length, start + decoder.stride());
      decoder
          .prefill(request.number, request.ids, start, end, request.firstQuery())
          .ifPresent(request::read);
    }
  }

  /** Returns how many tokens both begin with, in whole pieces; the last token is always read. */
  static int commonPieces(int[] ids, int[] other) {
    int mismatch = Arrays.mismatch(ids, other);
    int common = mismatch < 0 ? ids.length : mismatch;
    return Math.min(common, ids.length - 1) / Decoder.PIECE * Decoder.PIECE;
  }

  /** Takes over the prompt of a request, for those to come that begin like it. */
  void retain(Request request) {
    if (!request.holdsPrompt()) {
      return;
    }
    request.holdsPrompt(false);
    // What is shorter than a piece is never taken over.
    if (!request.isRead() || request.ids.length <= Decoder.PIECE) {
      decoder.release(request.number);
      return;
    }
    retained.put(request.number, request.ids);
    retainedTokens += request.ids.length;
    Iterator<Map.Entry<Long, int[]>> oldest = retained.entrySet().iterator();
    while (retainedTokens > capacity && oldest.hasNext()) {
      Map.Entry<Long, int[]> forgotten = oldest.next();
      oldest.remove();
      retainedTokens -= forgotten.getValue().length;
      decoder.release(forgotten.getKey());
    }
  }

  /** Frees the prompts of requests, and all that were retained. */
  void clear(Collection<Request> requests) {
    requests.stream().filter(Request::holdsPrompt).forEach(r -> decoder.release(r.number));
    requests.forEach(request -> request.holdsPrompt(false));
    retained.keySet().forEach(decoder::release);
    retained.clear();
    retainedTokens = 0;
  }

  private void touch(long prompt) {
    int[] ids = retained.remove(prompt);
    if (ids != null) {
      retained.put(prompt, ids);
    }
  }
}
