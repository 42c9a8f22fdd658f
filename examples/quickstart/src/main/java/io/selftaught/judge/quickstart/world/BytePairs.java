package io.selftaught.judge.quickstart.world;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Byte-pair encoding (Sennrich et al. 2016): the commonest pair of neighbouring symbols becomes a
 * symbol, again and again. Among equally common pairs the first in the order of the alphabet wins,
 * so the merges depend on the counts alone.
 */
final class BytePairs {

  /** Two neighbouring symbols that become one. */
  record Merge(String left, String right) {

    static final Comparator<Merge> ORDER =
        Comparator.comparing(Merge::left).thenComparing(Merge::right);

    String result() {
      return left + right;
    }
  }

  /** A piece of text and how often it occurs. */
  private record Counted(List<String> symbols, long count) {}

  private BytePairs() {}

  /**
   * Learns merges, best first.
   *
   * @param pieces texts within which symbols may merge, with their frequencies
   * @param most how many merges to learn at most
   * @param leastCount a rarer pair is not worth a symbol
   */
  static List<Merge> learn(Map<String, Long> pieces, int most, long leastCount) {
    List<Counted> words = new ArrayList<>();
    pieces.forEach((piece, n) -> words.add(new Counted(ByteAlphabet.symbolsOf(piece), n)));
    List<Merge> merges = new ArrayList<>();
    while (merges.size() < most) {
      Optional<Merge> best = commonest(words, leastCount);
      if (best.isEmpty()) {
        break;
      }
      merges.add(best.get());
      words.replaceAll(word -> new Counted(merged(word.symbols(), best.get()), word.count()));
    }
    return List.copyOf(merges);
  }

  private static Optional<Merge> commonest(List<Counted> words, long leastCount) {
    Map<Merge, Long> counts = new HashMap<>();
    for (Counted word : words) {
      List<String> symbols = word.symbols();
      for (int i = 1; i < symbols.size(); i++) {
        counts.merge(new Merge(symbols.get(i - 1), symbols.get(i)), word.count(), Long::sum);
      }
    }
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= leastCount)
        .max(
            Map.Entry.<Merge, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Merge.ORDER.reversed())))
        .map(Map.Entry::getKey);
  }

  private static List<String> merged(List<String> symbols, Merge merge) {
    if (!symbols.contains(merge.left())) {
      return symbols;
    }
    List<String> result = new ArrayList<>(symbols.size());
    for (int i = 0; i < symbols.size(); i++) {
      boolean here =
          i + 1 < symbols.size()
              && symbols.get(i).equals(merge.left())
              && symbols.get(i + 1).equals(merge.right());
      result.add(here ? merge.result() : symbols.get(i));
      i += here ? 1 : 0;
    }
    return result;
  }
}
