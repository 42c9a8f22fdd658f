package io.selftaught.judge.core.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.selftaught.judge.Preference;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Constants by {@code src/test/python/statistics_reference.py}. */
class StatisticsTest {

  @ParameterizedTest
  @CsvSource({
    "61,87,0.5981275415018902,0.7871590936355327",
    "0,10,0.0,0.27753279986288926",
    "10,10,0.7224672001371106,1.0",
    "1,1,0.2065493143772374,1.0",
    "50,100,0.4038315303659956,0.5961684696340044",
    "355,405,0.8409224662426592,0.9050879821100458",
    "9120,20000,0.449106471347076,0.4629104278258613"
  })
  void rate_interval_equalsStatsmodels(long hits, long of, double low, double high) {
    Rate.Interval interval = new Rate(hits, of).interval().orElseThrow();

    assertThat(interval.low()).isCloseTo(low, within(1e-12));
    assertThat(interval.high()).isCloseTo(high, within(1e-12));
  }

  @Test
  void rate_ofNone_isUnknownAndNotZero() {
    Rate none = new Rate(0, 0);

    assertThat(none.value()).isEmpty();
    assertThat(none.interval()).isEmpty();
    assertThat(none).hasToString("unknown (of none)");
    assertThat(none.toJson()).hasToString("{\"hits\":0,\"of\":0}");
  }

  @Test
  void rate_moreHitsThanTries_isRefused() {
    assertThatThrownBy(() -> new Rate(3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hits must be between 0 and 2, was 3");
  }

  @Test
  void rate_text_namesCountsShareAndInterval() {
    assertThat(new Rate(61, 87)).hasToString("61/87 = 70.1% (59.8 to 78.7)");
  }

  @ParameterizedTest
  @CsvSource({
    "12,5,0.143463134765625",
    "5,12,0.143463134765625",
    "0,0,1.0",
    "1,0,1.0",
    "30,12,0.007915897334896727",
    "7,7,1.0",
    "200,150,0.008720036530555947"
  })
  void pairedTest_pValue_equalsStatsmodels(long onlyThis, long onlyOther, double p) {
    assertThat(new PairedTest(400, onlyThis, onlyOther).pValue()).isCloseTo(p, within(1e-12));
  }

  @Test
  void pairedTest_gain_isTheDifferenceOfAccuracies() {
    assertThat(new PairedTest(50, 12, 2).gain()).isEqualTo(0.2);
    assertThat(new PairedTest(50, 2, 12).gain()).isEqualTo(-0.2);
    assertThatThrownBy(() -> new PairedTest(10, 6, 6)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pairedTest_pairsForItsGain_areThoseOfTheSampleSize() {
    PairedTest test = new PairedTest(100, 20, 10);

    assertThat(test.pairsForThisGain()).hasValue(SampleSize.forGain(0.1, 0.3, 0.8));
    assertThat(new PairedTest(100, 10, 20).pairsForThisGain()).isEqualTo(test.pairsForThisGain());
    assertThat(test.toString()).contains("on 100 pairs; to see such a gain takes 234 (20 only");
    assertThat(new PairedTest(100, 10, 10).pairsForThisGain()).isEmpty();
    assertThat(new PairedTest(3, 3, 0).pairsForThisGain()).isEmpty();
    assertThat(new PairedTest(0, 0, 0).pairsForThisGain()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "AABBTAABBTAABBTAABBTAABBTAABBT,AABBTAABBTAABBTAABBTAABBTAABBT,1.0",
    "AABBTABBAB,ABBBTAABAA,0.49152542372881347",
    "AAAAAABBBB,BBBBBBAAAA,-0.9230769230769229",
    "AAAABBBBTT,AAAAAAAAAA,0.0"
  })
  void kappa_letters_equalsScikitLearn(String labels, String verdicts, double kappa) {
    assertThat(Agreement.cohen(items(labels, verdicts)).orElseThrow())
        .isCloseTo(kappa, within(1e-12));
  }

  @Test
  void kappa_nothingBeyondChance_isUnknown() {
    assertThat(Agreement.cohen(List.<List<Preference>>of())).isEmpty();
    assertThat(Agreement.cohen(items("AA", "AA"))).isEmpty();
  }

  private static List<List<Preference>> items(String labels, String verdicts) {
    return IntStream.range(0, labels.length())
        .mapToObj(i -> List.of(preference(labels.charAt(i)), preference(verdicts.charAt(i))))
        .toList();
  }

  private static Preference preference(char letter) {
    return letter == 'T' ? Preference.TIE : Preference.valueOf(Character.toString(letter));
  }
}
