package io.selftaught.judge.djl.decoder;

import java.util.Arrays;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** The simplest ways to run a decoder. */
public final class Runs {

  private Runs() {}

  static Decoder.Query query(int rows) {
    float[] ones = new float[rows];
    Arrays.fill(ones, 1);
    return new Decoder.Query(ones, new int[rows][0]);
  }

  /**
   * A token for a row.
   *
   * @param capacity of its slot
   * @param length of its prompt
   * @param added the tokens added before this one
   * @param shared whether its slot holds only what was added
   */
  record Row(int id, int capacity, long prompt, int length, int added, boolean shared) {}

  /** Rows of equal capacity follow each other, and so do those that share a prompt. */
  static Candidates step(Decoder decoder, Row... rows) {
    int[] shared = IntStream.range(0, rows.length).filter(i -> rows[i].shared()).toArray();
    return decoder.step(
        new Decoder.Batch(
            ints(rows, Row::id),
            ints(rows, row -> row.length() + row.added()),
            ints(rows, row -> (row.shared() ? 0 : row.length()) + row.added()),
            Decoder.Groups.of(Arrays.stream(rows).mapToLong(Row::capacity).toArray()),
            shared,
            Decoder.Groups.of(Arrays.stream(shared).mapToLong(i -> rows[i].prompt()).toArray()),
            query(rows.length)));
  }

  private static int[] ints(Row[] rows, ToIntFunction<Row> value) {
    return Arrays.stream(rows).mapToInt(value).toArray();
  }

  public static Candidates prefill(Decoder decoder, long prompt, int[] ids, int piece) {
    decoder.begin(prompt, ids.length);
    return read(decoder, prompt, ids, 0, piece);
  }

  /** Reads what is left of a prompt that was begun. */
  static Candidates read(Decoder decoder, long prompt, int[] ids, int from, int piece) {
    Decoder.Query query = query(1);
    for (int start = from; ; ) {
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
    decoder.reserve(count, 1);
    for (int i = 1; i < count; i++) {
      Row row = new Row(tokens[i - 1], count, prompt, length, i - 1, true);
      tokens[i] = step(decoder, row).id(0, 0);
    }
    decoder.free(count);
    return tokens;
  }
}
