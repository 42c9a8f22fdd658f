package io.selftaught.judge.djl.generate;

import io.selftaught.judge.djl.decoder.Candidates;
import io.selftaught.judge.djl.decoder.Decoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of the decoder's batch: which sample is where, and room for what they add.
 *
 * <p>Rows stand in groups by prompt, so a sample that comes or goes moves those behind it. The
 * tails are copied then, and when they outgrow their capacity, which grows in steps.
 */
final class Rows {

  private static final int CAPACITY_STEP = 64;

  private final Decoder decoder;
  private List<Sample> samples = List.of();
  private int capacity;

  Rows(Decoder decoder) {
    this.decoder = decoder;
  }

  /** Adds a token to every running sample and takes out those that end. */
  void step(List<Request> requests) {
    List<Request> groups = requests.stream().filter(r -> !r.running().isEmpty()).toList();
    if (groups.isEmpty()) {
      return;
    }
    arrange(groups.stream().flatMap(r -> r.running().stream()).toList());
    Candidates candidates = decoder.step(batch(groups));
    for (int row = 0; row < samples.size(); row++) {
      int at = row;
      samples.get(row).advance(candidates, row, () -> decoder.rowLogits(at));
    }
    groups.forEach(request -> request.running().removeIf(Sample::isFinished));
  }

  /** Forgets all rows and frees their tails. */
  void clear() {
    if (capacity > 0) {
      decoder.arrange(new int[0], new int[0], 0, 0);
    }
    samples = List.of();
    capacity = 0;
  }

  private void arrange(List<Sample> wanted) {
    int longest = wanted.stream().mapToInt(Sample::count).max().orElseThrow();
    if (wanted.equals(samples) && longest <= capacity) {
      return;
    }
    Map<Sample, Integer> before = new HashMap<>();
    for (int row = 0; row < samples.size(); row++) {
      before.put(samples.get(row), row);
    }
    List<Integer> sources = new ArrayList<>();
    List<Integer> targets = new ArrayList<>();
    for (int row = 0; row < wanted.size(); row++) {
      Integer source = before.get(wanted.get(row));
      if (source != null) {
        sources.add(source);
        targets.add(row);
      }
    }
    capacity = (longest / CAPACITY_STEP + 1) * CAPACITY_STEP;
    decoder.arrange(ints(sources), ints(targets), wanted.size(), capacity);
    samples = wanted;
  }

  /** A sample's tail lacks its newest token: that one is what is fed. */
  private Decoder.Batch batch(List<Request> groups) {
    int n = samples.size();
    int[] prefixLengths = new int[n];
    int[] ends = new int[groups.size()];
    int row = 0;
    for (int g = 0; g < ends.length; g++) {
      ends[g] = row + groups.get(g).running().size();
      Arrays.fill(prefixLengths, row, ends[g], groups.get(g).ids.length);
      row = ends[g];
    }
    return new Decoder.Batch(
        samples.stream().mapToInt(Sample::lastToken).toArray(),
        prefixLengths,
        samples.stream().mapToInt(sample -> sample.count() - 1).toArray(),
        groups.stream().mapToLong(request -> request.number).toArray(),
        ends,
        query());
  }

  private Decoder.Query query() {
    int width = samples.stream().mapToInt(sample -> sample.asked().length).max().orElseThrow();
    float[] inverseTemperatures = new float[samples.size()];
    int[][] asked = new int[samples.size()][];
    for (int row = 0; row < samples.size(); row++) {
      inverseTemperatures[row] = samples.get(row).inverseTemperature();
      asked[row] = Arrays.copyOf(samples.get(row).asked(), width);
    }
    return new Decoder.Query(inverseTemperatures, asked);
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
