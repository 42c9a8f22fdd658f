package io.selftaught.judge.benchmarks.generation;

import java.util.Locale;

/** What is asked of every subject. */
enum Workload {
  /** A few requests that are not timed. */
  WARM_UP(1, 1),
  /** Prompts that share nothing, one after the other, up to the first token. */
  PREFILL(1, 1),
  /** One text at a time. */
  DECODE_1(1, 1),
  /** Eight samples of one prompt at a time. */
  DECODE_8(8, 1),
  /** Sixteen samples of one prompt at a time. */
  DECODE_16(16, 1),
  /** Pairs in both orders, a greedy verdict each. */
  JUDGE(1, 2),
  /** Pairs in one order, several sampled judgments of each. */
  ANNOTATION(8, 1);

  private final int samples;
  private final int requestsPerPair;

  Workload(int samples, int requestsPerPair) {
    this.samples = samples;
    this.requestsPerPair = requestsPerPair;
  }

  /** Returns the samples of each request. */
  int samples() {
    return samples;
  }

  /** Returns how often each pair is asked about. */
  int requestsPerPair() {
    return requestsPerPair;
  }

  /** Returns whether this is judging pairs, which are then counted. */
  boolean judges() {
    return this == JUDGE || this == ANNOTATION;
  }

  /** Returns the name on the command line, in the table and in files: {@code decode-8}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the workload of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Workload of(String name) {
    for (Workload workload : values()) {
      if (workload.toString().equals(name)) {
        return workload;
      }
    }
    throw new IllegalArgumentException("There is no workload " + name);
  }
}
