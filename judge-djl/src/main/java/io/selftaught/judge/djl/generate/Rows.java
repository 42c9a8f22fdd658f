package io.selftaught.judge.djl.generate;

import io.selftaught.judge.djl.decoder.Candidates;
import io.selftaught.judge.djl.decoder.Decoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The rows of the decoder's batch: which sample has which slot.
 *
 * <p>Slots stand in pools by their capacity, and a sample moves to the next pool when it has
 * outgrown its own. The slots of a pool that are in use are always its first ones: where a sample
 * ends, the last one takes its place. Attention runs over all a slot has room for, so that what a
 * sample gets depends on its own length only, and not on who else is in the batch.
 */
final class Rows {

  private final Decoder decoder;
  private final TreeMap<Integer, List<Row>> pools = new TreeMap<>();

  /** A sample in the batch. */
  private record Row(Request request, Sample sample) {

    /** A sample's newest token is not in its slot yet: that one is what is fed. */
    int held() {
      return (request.isShared() ? 0 : request.ids.length) + sample.count() - 1;
    }

    int position() {
      return request.ids.length + sample.count() - 1;
    }

    int capacity() {
      return Rows.capacity(held() + 1, request.most());
    }

    long prompt() {
      return request.number;
    }
  }

  Rows(Decoder decoder) {
    this.decoder = decoder;
  }

  /** Gives slots to samples of a request, which must hold its prompt still. */
  void seat(Request request, List<Sample> samples) {
    samples.forEach(sample -> seat(new Row(request, sample)));
  }

  /** Adds a token to every sample that has a slot and takes out those that end. */
  void step(Collection<Request> requests) {
    Set<Request> current = new HashSet<>(requests);
    remove(row -> !current.contains(row.request()));
    grow();
    List<Row> rows = rows();
    if (rows.isEmpty()) {
      return;
    }
    Candidates candidates = decoder.step(batch(rows));
    for (int row = 0; row < rows.size(); row++) {
      int at = row;
      rows.get(row).sample().advance(candidates, row, () -> decoder.rowLogits(at));
    }
    remove(row -> row.sample().isFinished());
    requests.forEach(request -> request.running().removeIf(Sample::isFinished));
  }

  /** Forgets all rows and frees their slots. */
  void clear() {
    pools.keySet().forEach(decoder::free);
    pools.clear();
  }

  /**
   * Returns the capacity of a slot that holds so many positions at present, and in the end at most
   * {@code most}. Steps are wide because attention over positions that are not filled yet costs
   * less than another pool does, and samples of one length stand in one pool whatever their age.
   */
  static int capacity(int positions, int most) {
    return Math.min(
        roundUp(most, most <= 256 ? 32 : step(most)), roundUp(positions, step(positions)));
  }

  private static int step(int positions) {
    return positions <= 1024 ? 256 : positions <= 4096 ? 512 : 1024;
  }

  private static int roundUp(int positions, int step) {
    return (positions + step - 1) / step * step;
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    pools.values().forEach(rows::addAll);
    return rows;
  }

  private List<Row> pool(int capacity) {
    return pools.computeIfAbsent(capacity, c -> new ArrayList<>());
  }

  private void seat(Row row) {
    int capacity = row.capacity();
    int slot = add(capacity, row);
    if (!row.request().isShared()) {
      decoder.fill(capacity, slot, row.prompt());
    }
  }

  private int add(int capacity, Row row) {
    List<Row> pool = pool(capacity);
    pool.add(row);
    decoder.reserve(capacity, pool.size());
    return pool.size() - 1;
  }

  private void grow() {
    for (int capacity : List.copyOf(pools.descendingKeySet())) {
      List<Row> pool = pool(capacity);
      for (int slot = pool.size() - 1; slot >= 0; slot--) {
        Row row = pool.get(slot);
        int wider = row.capacity();
        if (wider > capacity) {
          decoder.move(capacity, slot, wider, add(wider, row));
          take(capacity, slot);
        }
      }
    }
  }

  private void remove(Predicate<Row> ended) {
    for (int capacity : List.copyOf(pools.keySet())) {
      List<Row> pool = pool(capacity);
      for (int slot = pool.size() - 1; slot >= 0; slot--) {
        if (ended.test(pool.get(slot))) {
          take(capacity, slot);
        }
      }
    }
  }

  private void take(int capacity, int slot) {
    List<Row> pool = pool(capacity);
    int last = pool.size() - 1;
    if (slot < last) {
      decoder.move(capacity, last, capacity, slot);
      pool.set(slot, pool.get(last));
    }
    pool.remove(last);
    if (pool.isEmpty()) {
      decoder.free(capacity);
      pools.remove(capacity);
    }
  }

  private Decoder.Batch batch(List<Row> rows) {
    // Rows of one prompt follow each other here, wherever their slots are.
    int[] shared =
        IntStream.range(0, rows.size())
            .boxed()
            .filter(row -> rows.get(row).request().isShared())
            .sorted(Comparator.comparingLong(row -> rows.get(row).prompt()))
            .mapToInt(row -> row)
            .toArray();
    return new Decoder.Batch(
        ints(rows, row -> row.sample().lastToken()),
        ints(rows, Row::position),
        ints(rows, Row::held),
        pools(),
        shared,
        Decoder.Groups.of(Arrays.stream(shared).mapToLong(r -> rows.get(r).prompt()).toArray()),
        query(rows));
  }

  private Decoder.Groups pools() {
    return Decoder.Groups.of(
        pools.entrySet().stream()
            .flatMapToLong(pool -> pool.getValue().stream().mapToLong(row -> (long) pool.getKey()))
            .toArray());
  }

  private static Decoder.Query query(List<Row> rows) {
    int width = rows.stream().mapToInt(row -> row.sample().asked().length).max().orElseThrow();
    float[] inverseTemperatures = new float[rows.size()];
    int[][] asked = new int[rows.size()][];
    for (int row = 0; row < rows.size(); row++) {
      Sample sample = rows.get(row).sample();
      inverseTemperatures[row] = sample.inverseTemperature();
      asked[row] = Arrays.copyOf(sample.asked(), width);
    }
    return new Decoder.Query(inverseTemperatures, asked);
  }

  private static int[] ints(List<Row> rows, ToIntFunction<Row> value) {
    int[] values = new int[rows.size()];
    Arrays.setAll(values, row -> value.applyAsInt(rows.get(row)));
    return values;
  }
}
