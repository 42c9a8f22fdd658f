package io.selftaught.judge.core.eval;

import static java.util.Collections.frequency;

import io.selftaught.judge.Preference;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The agreement beyond chance of Cohen (1960) between labels and verdicts. */
final class Kappa {

  private Kappa() {}

  /**
   * Returns 1 for full agreement, 0 for what chance gives, less for worse; nothing if chance alone
   * agrees always, as when there is no item or both always say the same.
   */
  static OptionalDouble of(List<Preference> labels, List<Preference> verdicts) {
    int n = labels.size();
    double agreed = IntStream.range(0, n).filter(i -> labels.get(i) == verdicts.get(i)).count();
    double byChance =
        Arrays.stream(Preference.values())
            .mapToDouble(p -> (double) frequency(labels, p) * frequency(verdicts, p))
            .sum();
    double squared = (double) n * n;
    return byChance == squared
        ? OptionalDouble.empty()
        : OptionalDouble.of((agreed * n - byChance) / (squared - byChance));
  }
}
