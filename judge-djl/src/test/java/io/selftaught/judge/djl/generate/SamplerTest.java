package io.selftaught.judge.djl.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.selftaught.judge.djl.decoder.Candidates;
import io.selftaught.judge.djl.decoder.Fabricated;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SamplerTest {

  private static final float[] LOGITS = {0.5f, 2, -1, 1.5f, 0, 1};

  private static float[] unasked() {
    throw new AssertionError("all logits were fetched");
  }

  @Test
  void draw_greedy_takesTheLikeliestWithTheLowestId() {
    Candidates tied = Fabricated.candidates(new float[] {1, 3, 0, 3}, 4, 1);
    assertThat(new Sampler(0, 1, 1, 0).draw(tied, 0, SamplerTest::unasked).id()).isEqualTo(1);
  }

  @Test
  void draw_frequencies_areTheProbabilities() {
    check(1, 1, 6, softmax(LOGITS, 1));
    check(0.7, 1, 6, softmax(LOGITS, 0.7));
  }

  @Test
  void draw_moreThanTheKnownCandidates_areFetchedAndStayExact() {
    check(1.3, 1, 2, softmax(LOGITS, 1.3));
    check(1.3, 0.95, 2, nucleus(softmax(LOGITS, 1.3), 0.95));
  }

  @Test
  void draw_farBelowTheLikeliest_isStillDrawn() {
    float[] logits = new float[30_000];
    Arrays.fill(logits, -10);
    logits[123] = 0;
    // The 29,999 others hold 58% together, each more than a range below the likeliest.
    Sampler sampler = new Sampler(1, 1, 4, 0);
    Candidates candidates = Fabricated.candidates(logits, 4, 1);
    int others = 0;
    for (int i = 0; i < 300; i++) {
      others += sampler.draw(candidates, 0, () -> logits).id() == 123 ? 0 : 1;
    }
    assertThat(others / 300.0).isCloseTo(0.577, within(0.1));
  }

  @Test
  void draw_nucleus_isTheSmallestSetThatReachesTopP() {
    double[] expected = nucleus(softmax(LOGITS, 1), 0.7);
    assertThat(expected).contains(0.0);
    check(1, 0.7, 6, expected);
  }

  @Test
  void draw_tinyTopP_isGreedy() {
    Sampler sampler = new Sampler(1, 1e-9, 5, 0);
    Candidates candidates = Fabricated.candidates(LOGITS, 6, 1);
    for (int i = 0; i < 50; i++) {
      assertThat(sampler.draw(candidates, 0, SamplerTest::unasked).id()).isEqualTo(1);
    }
  }

  @Test
  void draw_logProbability_isThatOfTemperatureOne() {
    Sampler.Draw draw =
        new Sampler(0.3, 1, 2, 0)
            .draw(Fabricated.candidates(LOGITS, 6, 0.3), 0, SamplerTest::unasked);
    assertThat(draw.logProbability())
        .isCloseTo(Math.log(softmax(LOGITS, 1)[draw.id()]), within(1e-5));
  }

  @Test
  void draw_sameSeedAndSample_isTheSame_otherSampleIsNot() {
    assertThat(sequence(7, 0)).isEqualTo(sequence(7, 0)).isNotEqualTo(sequence(7, 1));
    assertThat(sequence(8, 0)).isNotEqualTo(sequence(7, 0));
  }

  @Test
  void drawAmong_frequencies_areTheProbabilitiesOfTheAllowed() {
    Sampler sampler = new Sampler(1, 1, 3, 0);
    int first = 0;
    for (int i = 0; i < 20_000; i++) {
      first += sampler.drawAmong(new double[] {Math.log(3), Math.log(1)}) == 0 ? 1 : 0;
    }
    assertThat(first / 20_000.0).isCloseTo(0.75, within(0.015));
  }

  private static String sequence(long seed, int sample) {
    Sampler sampler = new Sampler(1, 1, seed, sample);
    Candidates candidates = Fabricated.candidates(LOGITS, 6, 1);
    StringBuilder ids = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      ids.append(sampler.draw(candidates, 0, SamplerTest::unasked).id());
    }
    return ids.toString();
  }

  /** 40,000 draws: a standard error of at most 0.0025. */
  private static void check(double temperature, double topP, int known, double[] expected) {
    Sampler sampler = new Sampler(temperature, topP, 11, 0);
    Candidates candidates = Fabricated.candidates(LOGITS, known, temperature);
    int[] counts = new int[LOGITS.length];
    for (int i = 0; i < 40_000; i++) {
      counts[sampler.draw(candidates, 0, () -> LOGITS).id()]++;
    }
    for (int id = 0; id < counts.length; id++) {
      assertThat(counts[id] / 40_000.0).as("token %d", id).isCloseTo(expected[id], within(0.01));
      assertThat(counts[id] == 0).as("token %d", id).isEqualTo(expected[id] == 0);
    }
  }

  private static double[] softmax(float[] logits, double temperature) {
    double[] p = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(logits[i] / temperature);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  /** By definition: drops tokens from the unlikeliest up as long as the rest reaches topP. */
  private static double[] nucleus(double[] p, double topP) {
    double[] kept = p.clone();
    double mass = 1;
    while (true) {
      int least = -1;
      for (int i = 0; i < kept.length; i++) {
        least = kept[i] > 0 && (least < 0 || kept[i] < kept[least]) ? i : least;
      }
      if (mass - kept[least] < topP) {
        break;
      }
      mass -= kept[least];
      kept[least] = 0;
    }
    for (int i = 0; i < kept.length; i++) {
      kept[i] /= mass;
    }
    return kept;
  }
}
