package io.selftaught.judge.core.eval;

import java.util.Locale;
import java.util.OptionalLong;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Whether one judge is right more often than another on the same pairs: the exact test of McNemar
 * (1947), which looks only at the pairs where one is right and the other is not.
 *
 * @param pairs the pairs that both judged and that have a preferred answer
 * @param onlyThis of these, those where this judge was right and the other one was not
 * @param onlyOther of these, those where the other judge was right and this one was not
 */
public record PairedTest(long pairs, long onlyThis, long onlyOther) {

  /** How often a gain is to be seen, if there is one: what is customary. */
  private static final double POWER = 0.8;

  public PairedTest {
    if (onlyThis < 0 || onlyOther < 0 || onlyThis + onlyOther > pairs) {
      throw new IllegalArgumentException(
          "onlyThis and onlyOther must be at least 0 and at most %d together, were %d and %d"
              .formatted(pairs, onlyThis, onlyOther));
    }
  }

  /** Returns by how much this judge's accuracy is higher, from -1 to 1; 0 if there are no pairs. */
  public double gain() {
    return pairs == 0 ? 0 : (double) (onlyThis - onlyOther) / pairs;
  }

  /** Returns the two-sided probability of so large a difference between equally good judges. */
  public double pValue() {
    int discordant = Math.toIntExact(onlyThis + onlyOther);
    if (discordant == 0) {
      return 1;
    }
    int smaller = (int) Math.min(onlyThis, onlyOther);
    return Math.min(1, 2 * BinomialDistribution.of(discordant, 0.5).cumulativeProbability(smaller));
  }

  /**
   * Returns the 95% interval of the gain by Bonett and Price (2012): Wald's, after one pair was
   * added to each of the two discordant counts.
   */
  public Rate.Interval interval() {
    double n = pairs + 2.0;
    double up = (onlyThis + 1) / n;
    double down = (onlyOther + 1) / n;
    double half = Rate.Z * Math.sqrt((up + down - (up - down) * (up - down)) / n);
    return new Rate.Interval(Math.max(-1, up - down - half), Math.min(1, up - down + half));
  }

  /**
   * Returns the pairs on which a gain of this size is seen in four of five tries, if the judges
   * differ as often as here: {@link SampleSize#forGain}. Nothing if there is no gain, or nothing
   * but gain.
   */
  public OptionalLong pairsForThisGain() {
    double size = Math.abs(gain());
    return size == 0 || size == 1
        ? OptionalLong.empty()
        : OptionalLong.of(SampleSize.forGain(size, (double) (onlyThis + onlyOther) / pairs, POWER));
  }

  @Override
  public String toString() {
    String enough =
        pairsForThisGain().isPresent()
            ? "; to see such a gain takes " + pairsForThisGain().getAsLong()
            : "";
    return String.format(
        Locale.ROOT,
        "%+.1f points on %d pairs%s (%d only this right, %d only the other; p = %.3g)",
        100 * gain(),
        pairs,
        enough,
        onlyThis,
        onlyOther,
        pValue());
  }
}
