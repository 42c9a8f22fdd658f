package io.selftaught.judge.benchmarks.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RatesTest {

  private static final Shape SHAPE = new Shape(1000, 200, true, 8, 16);

  private static Measurement measured(Timing... timings) {
    return new Measurement(Map.of(), 2000, 0, List.of(timings));
  }

  private static Rates rates(Workload workload, Timing... timings) {
    return Rates.of(measured(timings), workload).orElseThrow();
  }

  /** 600 prompt tokens in 2 s; then 2 x 2 samples with 46 tokens, 42 of them in 7 s. */
  private static Rates annotation() {
    return rates(
        Workload.ANNOTATION,
        new Timing(Workload.ANNOTATION, true, 2, 600, List.of(List.of(1), List.of(1))),
        new Timing(Workload.ANNOTATION, false, 9, 600, List.of(List.of(20, 10), List.of(15, 1))));
  }

  @Test
  void rates_leaveThePromptsOutOfDecoding() {
    assertThat(annotation().prefill()).hasValue(300);
    assertThat(annotation().decode()).hasValue(6);
    assertThat(annotation().newTokens()).isEqualTo(46);
  }

  @Test
  void pairsPerMinute_countBothOrdersAsOnePair() {
    List<List<Integer>> written = List.of(List.of(5), List.of(5), List.of(5), List.of(5));
    Rates judge =
        rates(
            Workload.JUDGE,
            new Timing(Workload.JUDGE, true, 1, 10, written),
            new Timing(Workload.JUDGE, false, 10, 10, written));

    assertThat(judge.pairsPerMinute()).hasValue(12);
    assertThat(annotation().pairsPerMinute().orElseThrow()).isCloseTo(13.33, within(0.01));
  }

  @Test
  void decode_thatTookNoLongerThanThePrompts_isUnknown() {
    Rates rates =
        rates(
            Workload.DECODE_1,
            new Timing(Workload.DECODE_1, true, 2, 6, List.of(List.of(1))),
            new Timing(Workload.DECODE_1, false, 2, 6, List.of(List.of(9))));

    assertThat(rates.decode()).isEmpty();
  }

  @Test
  void workload_thatWasNotRun_hasNoRates() {
    assertThat(Rates.of(measured(), Workload.JUDGE)).isEmpty();
  }

  @Test
  void share_ofPrefill_isOfProductsWithoutTheHead() {
    Rates prefill =
        rates(Workload.PREFILL, new Timing(Workload.PREFILL, true, 2, 600, List.of(List.of(1))));

    // 300 tokens/s x 2 x 800 weights
    assertThat(prefill.share(SHAPE, 2000, new Roofline(1, 960_000, 1))).hasValue(0.5);
  }

  @Test
  void share_ofASingleText_isOfBandwidth() {
    Rates single =
        rates(
            Workload.DECODE_1,
            new Timing(Workload.DECODE_1, true, 1, 6, List.of(List.of(1))),
            new Timing(Workload.DECODE_1, false, 2, 6, List.of(List.of(11))));

    assertThat(single.share(SHAPE, 2000, new Roofline(80_000, 1, 1))).hasValue(0.25);
    Shape apart = new Shape(1000, 200, false, 8, 16);
    assertThat(single.share(apart, 2000, new Roofline(80_000, 1, 1))).hasValue(0.2);
  }

  @Test
  void share_ofMixedWork_isNotTold() {
    assertThat(annotation().share(SHAPE, 2000, new Roofline(1, 1, 1))).isEmpty();
  }
}
