package io.selftaught.judge.djl.decoder;

import java.util.Arrays;

/** The simplest ways to run a decoder. */
public final class Runs {

  private Runs() {}

  static Decoder.Query query(int rows) {
    float[] ones = new float[rows];
    Arrays.fill(ones, 1);
    return new Decoder.Query(ones, new int[rows][0]);
  }

  static Candidates step(
      Decoder decoder, int[] ids, int prefix, int[] tails, long[] prompts, int[] ends) {
    int[] prefixes = new int[ids.length];
    Arrays.fill(prefixes, prefix);
    return decoder.step(new Decoder.Batch(ids, prefixes, tails, prompts, ends, query(ids.length)));
  }

  public static Candidates prefill(Decoder decoder, long prompt, int[] ids, int piece) {
    Decoder.Query query = query(1);
    decoder.begin(prompt, ids.length);
    for (int start = 0; ; ) {
      int end = (int) Math.min(ids.length, (long) start + piece);
      var candidates = decoder.prefill(prompt, ids, start, end, query);
      if (candidates.isPresent()) {
        return candidates.get();
      }
      start = end;
    }
  }

  static int[] greedy(Decoder decoder, long prompt, int length, Candidates first, int count) {
    int[] tokens = new int[count];
    tokens[0] = first.id(0, 0);
    decoder.arrange(new int[0], new int[0], 1, count);
    for (int i = 1; i < count; i++) {
      tokens[i] =
          step(
                  decoder,
                  new int[] {tokens[i - 1]},
                  length,
                  new int[] {i - 1},
                  new long[] {prompt},
                  new int[] {1})
              .id(0, 0);
    }
    return tokens;
  }
}
