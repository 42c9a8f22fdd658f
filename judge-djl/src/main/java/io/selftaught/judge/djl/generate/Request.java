package io.selftaught.judge.djl.generate;

import io.selftaught.judge.Generation;
import io.selftaught.judge.GenerationConfig;
import io.selftaught.judge.djl.decoder.Candidates;
import io.selftaught.judge.djl.decoder.Decoder;
import io.selftaught.judge.djl.text.ChatTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A prompt and the samples drawn from it. The caller sees {@link #result}; all else belongs to the
 * scheduler's thread.
 */
final class Request {

  private static final int SHORT_PROMPT = 128;

  final CompletableFuture<List<Generation>> result = new CompletableFuture<>();
  final long number;
  final int[] ids;
  private final List<Sample> samples;
  private final List<Sample> waiting;
  private final List<Sample> running = new ArrayList<>();
  private final int copies;
  private final int limit;
  private boolean holdsPrompt;
  private @Nullable Candidates first;

  /**
   * Prepares the samples.
   *
   * @param number of the prompt, unique in its scheduler
   * @param limit the most tokens that a sample may get
   */
  Request(long number, int[] ids, GenerationConfig config, ChatTokenizer tokenizer, int limit) {
    this.number = number;
    this.limit = limit;
    this.ids = ids;
    int distinct = distinct(config);
    this.copies = config.samples() / distinct;
    this.samples =
        IntStream.range(0, distinct)
            .mapToObj(i -> new Sample(config, tokenizer, limit, i))
            .toList();
    this.waiting = new ArrayList<>(samples);
  }

  /** Returns how many samples must be drawn: greedy ones are all the same. */
  static int distinct(GenerationConfig config) {
    return config.temperature() == 0 ? 1 : config.samples();
  }

  /** Returns what to ask of the token after the prompt. */
  Decoder.Query firstQuery() {
    Sample sample = samples.get(0);
    return new Decoder.Query(
        new float[] {sample.inverseTemperature()}, new int[][] {sample.asked()});
  }

  /** Notes whether the decoder keeps the prompt for this request, to be released one day. */
  void holdsPrompt(boolean holds) {
    holdsPrompt = holds;
  }

  boolean holdsPrompt() {
    return holdsPrompt;
  }

  /**
   * Returns whether the samples see one copy of the prompt. A short prompt, or that of one sample,
   * is copied to where the sample's own tokens are, which is one attention less.
   */
  boolean isShared() {
    return isShared(ids.length, samples.size());
  }

  private static boolean isShared(int prompt, int samples) {
    return samples > 1 && prompt > SHORT_PROMPT;
  }

  boolean isRead() {
    return first != null;
  }

  void read(Candidates candidates) {
    first = candidates;
  }

  /**
   * Lets up to {@code slots} further samples draw their first token; returns those that run then.
   */
  List<Sample> start(int slots, Decoder decoder) {
    Candidates candidates = Objects.requireNonNull(first);
    int started = Math.min(slots, waiting.size());
    List<Sample> next = waiting.subList(0, started);
    next.forEach(s -> s.advance(candidates, 0, () -> decoder.promptLogits(number)));
    List<Sample> begun = next.stream().filter(s -> !s.isFinished()).toList();
    running.addAll(begun);
    next.clear();
    return begun;
  }

  /**
   * Returns the most positions whose keys and values it may need at a time.
   *
   * @param slots the most samples that run at a time
   */
  long positions(int slots) {
    return positions(ids.length, samples.size(), limit, slots);
  }

  /** Returns that of a request for so many different samples of at most {@code limit} tokens. */
  static long positions(int prompt, int samples, int limit, int slots) {
    long rows = Math.min(samples, slots);
    int most = most(prompt, samples, limit);
    return prompt + rows * Rows.capacity(most, most);
  }

  /** Returns the most positions that a sample's slot will hold. */
  int most() {
    return most(ids.length, samples.size(), limit);
  }

  private static int most(int prompt, int samples, int limit) {
    return isShared(prompt, samples) ? limit : prompt + limit;
  }

  /** Returns whether samples see the prompt, or will be given a copy of it. */
  boolean needsPrompt() {
    return isShared() || !waiting.isEmpty();
  }

  /** Returns the samples in the batch. */
  List<Sample> running() {
    return running;
  }

  boolean isDone() {
    return waiting.isEmpty() && running.isEmpty();
  }

  /** Hands the finished samples to the caller. */
  void complete() {
    List<Generation> generations = new ArrayList<>();
    for (int copy = 0; copy < copies; copy++) {
      for (Sample sample : samples) {
        generations.add(sample.toGeneration(generations.isEmpty() ? ids.length : 0));
      }
    }
    result.complete(generations);
  }
}
