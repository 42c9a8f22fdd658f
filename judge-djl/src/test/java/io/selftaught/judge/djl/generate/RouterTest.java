package io.selftaught.judge.djl.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RouterTest {

  private static final int[] BOTH = {0, 1};

  private final Router router = new Router(1 << 20, 1 << 20);

  @Test
  void choose_nothingInCommon_takesTheOneWithTheFewestTokensOutstanding() {
    assertThat(router.choose(prompt(0, 1), 1000, BOTH)).isZero();
    assertThat(router.choose(prompt(0, 2), 400, BOTH)).isOne();
    assertThat(router.choose(prompt(0, 3), 500, BOTH)).isOne();
    assertThat(router.choose(prompt(0, 4), 400, BOTH)).isOne();
    assertThat(router.choose(prompt(0, 5), 400, BOTH)).isZero();
  }

  @Test
  void choose_samePromptAgain_goesWhereItWasReadUnlessThatHasMuchMoreToDo() {
    int first = router.choose(prompt(512, 1), 700, BOTH);
    assertThat(router.choose(prompt(512, 1), 700, BOTH)).isEqualTo(first);
    assertThat(router.choose(prompt(512, 1), 700, BOTH)).isEqualTo(first);
    assertThat(router.choose(prompt(512, 1), 700, BOTH)).isNotEqualTo(first);
  }

  @Test
  void choose_twin_goesToTheOther() {
    router.choose(prompt(0, 1), 600, BOTH);
    router.choose(prompt(400, 2), 700, BOTH);
    router.succeeded(0, 600);
    // Otherwise the first would be idle and take it.
    assertThat(router.choose(prompt(400, 3), 700, BOTH)).isOne();
  }

  @Test
  void choose_onlyTheJudgesHeadInCommon_isSpreadByWhatIsOutstanding() {
    int[] taken = new int[2];
    for (int i = 0; i < 100; i++) {
      taken[router.choose(prompt(130, i), 700, BOTH)]++;
    }
    assertThat(taken).containsOnly(50);
  }

  @Test
  void choose_oneCannotHoldIt_takesTheOther() {
    assertThat(router.choose(prompt(0, 1), 10, new int[] {1})).isOne();
    assertThat(router.choose(prompt(0, 2), 10, new int[] {1})).isOne();
  }

  @Test
  void choose_promptThatIsForgotten_isNoReason() {
    Router forgetful = new Router(512, 512);
    forgetful.choose(prompt(0, 1), 600, BOTH);
    forgetful.choose(prompt(400, 2), 700, BOTH);
    forgetful.choose(prompt(0, 3), 900, new int[] {1});
    forgetful.succeeded(0, 600);
    assertThat(forgetful.choose(prompt(400, 2), 700, BOTH)).isZero();
  }

  @Test
  void succeeded_andCancelled_takeWhatWasOutstandingAway() {
    for (int i = 0; i < 4; i++) {
      assertThat(router.choose(prompt(0, 1 + 2 * i), 1000, BOTH)).isZero();
      assertThat(router.choose(prompt(0, 2 + 2 * i), 999, BOTH)).isOne();
      router.succeeded(0, 1000);
      router.cancelled(1, 999);
    }
  }

  @Test
  void failed_isAvoidedUntilItHasSucceeded() {
    assertThat(router.choose(prompt(0, 1), 1000, BOTH)).isZero();
    router.failed(0, 1000);
    for (int i = 0; i < 3; i++) {
      assertThat(router.choose(prompt(0, 10 + i), 700, BOTH)).isOne();
      router.succeeded(1, 700);
    }
    // Under load it is tried again.
    assertThat(router.choose(prompt(0, 20), 1200, BOTH)).isOne();
    assertThat(router.choose(prompt(0, 21), 700, BOTH)).isZero();
    router.succeeded(0, 700);
    router.succeeded(1, 1200);
    assertThat(router.choose(prompt(0, 22), 700, BOTH)).isZero();
  }

  /** 600 tokens, of which the first {@code common} are the same for all seeds. */
  private static int[] prompt(int common, int seed) {
    return IntStream.range(0, 600).map(i -> i < common ? i : 1000 * (seed + 1) + i).toArray();
  }
}
